package io.ocellus.cli.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ocellus.cli.Ocellus;
import io.ocellus.cli.data.Bars;
import io.ocellus.cli.data.DataSetException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import me.tongfei.progressbar.ProgressBar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FetchTest {
  private static final int SIZE = 28;

  private final List<String> ranges = new ArrayList<>();
  private HttpServer server;
  private byte[] served = new byte[0];
  private int cutAfter = Integer.MAX_VALUE;

  @TempDir private Path folder;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** The first answer breaks off where it is told to; ranges are honoured. */
  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(String.valueOf(range));
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    exchange.sendResponseHeaders(range == null ? 200 : 206, served.length - from);
    int end = ranges.size() == 1 ? Math.min(served.length, cutAfter) : served.length;
    try (exchange) {
      exchange.getResponseBody().write(served, from, end - from);
    }
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:%d/a.npz".formatted(server.getAddress().getPort()));
  }

  private static MedMnist set(String md5) {
    Map<String, Integer> images = new TreeMap<>(Map.of("train", 2, "val", 1, "test", 1));
    return new MedMnist(
        "made-up", "numbers", Map.of(SIZE, md5), List.of("no", "a/b"), images, "CC0");
  }

  private static byte[] levels(int first, int count) {
    byte[] levels = new byte[count];
    for (int i = 0; i < count; i++) {
      levels[i] = (byte) (first + 37 * i);
    }
    return levels;
  }

  private static Npz colours() {
    return new Npz()
        .with("train_images", "|u1", "(2, 3, 4, 3)", levels(0, 72))
        .with("train_labels", "|u1", "(2, 1)", new byte[] {1, 0})
        .with("val_images", "|u1", "(1, 3, 4, 3)", levels(5, 36))
        .with("val_labels", "<i8", "(1, 1)", new byte[] {1, 0, 0, 0, 0, 0, 0, 0})
        .with("test_images", "|u1", "(1, 3, 4, 3)", levels(9, 36))
        .with("test_labels", "|u1", "(1, 1)", new byte[] {0});
  }

  private Path download(String md5) throws IOException {
    Path file = folder.resolve("cache/a.npz");
    try (ProgressBar bar = Bars.bytes("Fetching")) {
      new Download(uri(), md5, new Proxies(Map.of())).to(file, bar);
    }
    return file;
  }

  private String served(Npz npz) throws IOException {
    served = npz.bytes();
    return Download.md5(npz.write(folder.resolve("served.npz")));
  }

  @Test
  void aSetBecomesFoldersOfPicturesWithTheSameLevels() throws IOException {
    String md5 = served(colours());
    Path target = folder.resolve("set");

    new Fetch(set(md5), SIZE, target).unpack(download(md5));

    BufferedImage image = ImageIO.read(target.resolve("train/a-b/000000.png").toFile());
    assertThat(image.getWidth()).isEqualTo(4);
    assertThat(image.getHeight()).isEqualTo(3);
    byte[] expected = levels(0, 36);
    for (int i = 0; i < 12; i++) {
      int rgb = image.getRGB(i % 4, i / 4);
      assertThat(new byte[] {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb})
          .isEqualTo(Arrays.copyOfRange(expected, 3 * i, 3 * i + 3));
    }
    assertThat(target.resolve("train/no/000001.png")).exists();
    assertThat(target.resolve("val/a-b/000000.png")).exists();
    assertThat(target.resolve("test/no/000000.png")).exists();
    assertThat(target.resolve("README.txt")).content().contains("CC0").contains(md5);
  }

  @Test
  void greyLevelsStayAsTheyAre() throws IOException {
    Npz npz = colours().with("train_images", "|u1", "(2, 16, 16)", levels(0, 512));
    String md5 = served(npz);
    Path target = folder.resolve("set");

    new Fetch(set(md5), SIZE, target).unpack(download(md5));

    BufferedImage image = ImageIO.read(target.resolve("train/a-b/000000.png").toFile());
    byte[] found = (byte[]) image.getRaster().getDataElements(0, 0, 16, 16, null);
    assertThat(found).isEqualTo(levels(0, 256));
  }

  @Test
  void aBrokenConnectionGoesOnWhereItWas() throws IOException {
    String md5 = served(colours());
    cutAfter = served.length / 2;

    Path file = download(md5);

    assertThat(file).hasBinaryContent(served);
    assertThat(ranges).hasSize(2).contains("null").anyMatch(r -> r.matches("bytes=[0-9]+-"));
  }

  @Test
  void whatAnEarlierProcessLeftIsContinued() throws IOException {
    String md5 = served(colours());
    Files.createDirectories(folder.resolve("cache"));
    Files.write(folder.resolve("cache/a.npz.part"), Arrays.copyOf(served, 100));

    assertThat(download(md5)).hasBinaryContent(served);
    assertThat(ranges).containsExactly("bytes=100-");
    download(md5);
    assertThat(ranges).hasSize(1);
  }

  @Test
  void theEnvironmentsProxyIsAsked() throws IOException {
    String md5 = served(colours());
    Proxies proxies = new Proxies(Map.of("http_proxy", "http://" + uri().getAuthority()));
    Path file = folder.resolve("a.npz");

    try (ProgressBar bar = Bars.bytes("Fetching")) {
      new Download(URI.create("http://nowhere.invalid/a.npz"), md5, proxies).to(file, bar);
    }

    assertThat(file).hasBinaryContent(served);
  }

  @Test
  void anotherChecksumIsRefusedAndNothingOfItStays() throws IOException {
    served(colours());

    assertThatThrownBy(() -> download("0".repeat(32)))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("has the checksum");
    assertThat(folder.resolve("cache")).isEmptyDirectory();
  }

  @Test
  void withoutANetworkTheMessageSaysWhatToDo() {
    URI nowhere = uri();
    server.stop(0);
    Download download = new Download(nowhere, "", new Proxies(Map.of()));

    assertThatThrownBy(
            () -> {
              try (ProgressBar bar = Bars.bytes("Fetching")) {
                download.to(folder.resolve("a.npz"), bar);
              }
            })
        .hasMessageContaining("set https_proxy")
        .hasMessageContaining("--npz");
  }

  @Test
  void aFileWithTooFewImagesLeavesNoFolder() throws IOException {
    Npz npz = colours().with("val_images", "|u1", "(2, 3, 4, 3)", levels(0, 72));
    String md5 = served(npz);
    Path target = folder.resolve("set");

    assertThatThrownBy(() -> new Fetch(set(md5), SIZE, target).unpack(folder.resolve("served.npz")))
        .hasMessageContaining("should have 1");
    assertThat(target).doesNotExist();
  }

  @Test
  void theCatalogueHasAChecksumForEachSize() {
    List<MedMnist> sets = MedMnist.catalogue();

    assertThat(sets).hasSize(11);
    assertThat(sets).flatExtracting(set -> set.md5().values()).doesNotHaveDuplicates();
    assertThat(sets).allMatch(set -> set.md5().values().stream().allMatch(m -> m.length() == 32));
    assertThat(MedMnist.named("dermamnist").uri(64))
        .hasToString("https://zenodo.org/records/10519652/files/dermamnist_64.npz?download=1");
  }

  @Test
  void theCommandListsTheSetsAndExplainsWhatItRefuses() throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String npz = colours().write(folder.resolve("a.npz")).toString();

    assertThat(run(out, err)).isZero();
    assertThat(out.toString()).containsPattern("dermamnist +dermatoscope +7 +7,007.*CC BY-NC");
    assertThat(run(out, err, "chestmnist")).isEqualTo(1);
    assertThat(run(out, err, "dermanist")).isEqualTo(1);
    assertThat(run(out, err, "dermamnist", "--size", "32")).isEqualTo(1);
    assertThat(run(out, err, "dermamnist", "--npz", npz, "--to", folder.resolve("x").toString()))
        .isEqualTo(1);
    assertThat(run(out, err, "dermamnist", "--to", folder.toString())).isEqualTo(1);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("several labels"),
            line -> assertThat(line).contains("Did you mean dermamnist?"),
            line -> assertThat(line).contains("[28, 64, 128, 224] pixels, not in 32"),
            line -> assertThat(line).contains("has the checksum"),
            line -> assertThat(line).contains("is there already"));
  }

  private static int run(StringWriter out, StringWriter err, String... arguments) {
    CommandLine command = Ocellus.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of("data", "fetch"));
    all.addAll(List.of(arguments));
    return command.execute(all.toArray(String[]::new));
  }
}
