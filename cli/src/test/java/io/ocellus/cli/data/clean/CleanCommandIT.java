package io.ocellus.cli.data.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.cli.Ocellus;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.testbed.SyntheticImages.Broken;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CleanCommandIT {
  private static final SyntheticImages IMAGES = new SyntheticImages(40, 1);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void nameFolder() {
    data = folder.resolve("data");
  }

  private int run(String... arguments) {
    CommandLine command = Ocellus.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of("data", "clean", data.toString()));
    all.addAll(List.of(arguments));
    return command.execute(all.toArray(String[]::new));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static byte[] blank(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  private static List<String> below(Path root) throws IOException {
    if (Files.notExists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private List<String> lists() throws IOException {
    return below(folder).stream().filter(name -> name.endsWith(".csv")).toList();
  }

  private void someOfEach() throws IOException {
    write("test/ring/good.png", IMAGES.png("ring", 1));
    write("train/ring/copy.png", IMAGES.png("ring", 1));
    write("train/ring/other.png", IMAGES.png("ring", 2));
    write("train/ring/cut.jpg", IMAGES.broken(Broken.TRUNCATED));
    write("train/ring/long.png", blank(200, 20));
    write("train/ring/small.png", blank(40, 9));
    write("train/ring/unclear.png", IMAGES.png("cross", 3));
    write("train/cross/unclear.png", IMAGES.png("cross", 3));
  }

  @Test
  void aDryRunSaysWhatWouldGoAndChangesNothing() throws IOException {
    someOfEach();
    List<String> before = below(folder);

    assertThat(run()).as(err.toString()).isZero();

    assertThat(below(folder)).isEqualTo(before);
    assertThat(out.toString())
        .containsPattern("copy +train/ring/copy.png  \\(of test/ring/good.png\\)")
        .containsPattern("undecodable +train/ring/cut.jpg")
        .containsPattern("aspect-ratio +train/ring/long.png  \\(200 x 20\\)")
        .containsPattern("short-side +train/ring/small.png  \\(40 x 9\\)")
        .contains("4 of 8 files to remove")
        .contains("Nothing was changed.");
  }

  @Test
  void appliedItMovesThemBesideAndListsThem() throws IOException {
    someOfEach();

    assertThat(run("--apply")).as(err.toString()).isZero();

    assertThat(below(folder.resolve("data-removed")))
        .containsExactly(
            "train/ring/copy.png",
            "train/ring/cut.jpg",
            "train/ring/long.png",
            "train/ring/small.png");
    assertThat(below(data)).hasSize(4);
    assertThat(Files.readAllLines(folder.resolve(lists().get(0))))
        .contains("file,reason,detail")
        .contains("\"train/ring/small.png\",\"short-side\",\"40 x 9\"");
    assertThat(run("--apply")).isZero();
    assertThat(out.toString()).contains("0 of 4 files to remove.");
  }

  @Test
  void nothingThatWasMovedBeforeIsOverwritten() throws IOException {
    write("ring/good.png", IMAGES.png("ring", 1));
    write("ring/bad.jpg", new byte[0]);
    run("--apply", "--list", folder.resolve("1.csv").toString());
    write("ring/bad.jpg", new byte[] {1});
    run("--apply", "--list", folder.resolve("2.csv").toString());

    assertThat(below(folder.resolve("data-removed")))
        .containsExactly("ring/bad.jpg", "ring/bad.jpg.1");
  }

  @Test
  void deletedForGoodOnlyWhenAskedAndOnlyAfterTheList() throws IOException {
    someOfEach();

    assertThat(run("--apply", "--delete", "--keep-copies")).as(err.toString()).isZero();

    assertThat(below(data)).hasSize(5).contains("train/ring/copy.png");
    assertThat(Files.readAllLines(folder.resolve(lists().get(0)))).hasSize(4);
    assertThat(folder.resolve("data-removed")).doesNotExist();
  }

  /** Behind a link to a folder lies another place, here the only copy. */
  @Test
  void whatLiesBehindALinkToAFolderIsNoCopyAndStays() throws IOException {
    write("train/ring/good.png", IMAGES.png("ring", 1));
    write("train/ring/bad.jpg", new byte[0]);
    Files.createDirectories(data.resolve("val"));
    Files.createSymbolicLink(data.resolve("val/ring"), data.resolve("train/ring"));

    assertThat(run("--apply", "--delete")).as(err.toString()).isZero();

    assertThat(below(data.resolve("train"))).containsExactly("ring/good.png");
    assertThat(data.resolve("val/ring/good.png")).exists();
  }

  @Test
  void aListThatExistsStopsBeforeAnythingGoes() throws IOException {
    someOfEach();
    Files.writeString(folder.resolve("list.csv"), "mine");

    assertThat(run("--apply", "--list", folder.resolve("list.csv").toString())).isEqualTo(1);

    assertThat(below(data)).hasSize(8);
  }

  @Test
  void aFileIsKeptBeforeALinkToIt() throws IOException {
    write("ring/z-file.png", IMAGES.png("ring", 1));
    Files.createSymbolicLink(data.resolve("ring/a-link.png"), Path.of("z-file.png"));

    run("--apply", "--delete");

    assertThat(data.resolve("ring/z-file.png")).isRegularFile();
    assertThat(data.resolve("ring/a-link.png")).doesNotExist();
  }

  @Test
  void theFolderOfTheRemovedIsNoPartOfTheDataSet() throws IOException {
    someOfEach();
    assertThat(run("--apply", "--to", data.resolve("removed").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("outside of the data set");
  }

  @Test
  void aProcessThatIsKilledInTheMiddleLosesNothing() throws Exception {
    write("ring/good.png", IMAGES.png("ring", 1));
    for (int i = 0; i < 5000; i++) {
      write(
          "ring/note-%04d.txt".formatted(i),
          "Note %d".formatted(i).getBytes(StandardCharsets.UTF_8));
    }
    List<String> before = below(data);
    Path removed = folder.resolve("data-removed");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Ocellus.class.getName(),
                "data",
                "clean",
                data.toString(),
                "--apply")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofMinutes(1))
        .until(() -> !below(removed).isEmpty() || !process.isAlive());
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

    TreeSet<String> all = new TreeSet<>(below(data));
    List<String> moved = below(removed);
    all.addAll(moved);
    assertThat(all).containsExactlyElementsOf(before);
    assertThat(below(data).size() + moved.size()).isEqualTo(before.size());
    assertThat(moved.size()).as("moved before the kill").isBetween(1, 4999);
    assertThat(Files.readAllLines(folder.resolve(lists().get(0)))).hasSize(5001);

    assertThat(run("--apply", "--list", folder.resolve("2.csv").toString())).isZero();
    assertThat(below(data)).containsExactly("ring/good.png");
    assertThat(below(removed)).hasSize(5000);
  }
}
