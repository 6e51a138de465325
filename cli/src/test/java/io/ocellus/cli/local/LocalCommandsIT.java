package io.ocellus.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.CheckpointFolder;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.cli.Ocellus;
import io.ocellus.service.Json;
import io.ocellus.testbed.EmbeddedKafka;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LocalCommandsIT {
  @TempDir private static Path folder;
  private static final SyntheticImages IMAGES = new SyntheticImages(32, 5);

  /** What one command came to. */
  private record Ran(int code, String out, String err) {}

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Ocellus.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = command.execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  private static String data() {
    return folder.resolve("data").toString();
  }

  private static String model() {
    return folder.resolve("model").toString();
  }

  @BeforeAll
  static void train() throws IOException {
    part("train", 0, 12);
    part("val", 100, 4);
    part("test", 200, 4);
    Files.write(
        folder.resolve("data/train/ring/broken.jpg"),
        IMAGES.broken(SyntheticImages.Broken.TRUNCATED));
    Ran trained =
        run(
            "train",
            data(),
            "--out",
            model(),
            "--network",
            "se-densenet-light",
            "--size",
            "32",
            "--epochs",
            "2",
            "--device",
            "cpu",
            "--group-regex",
            "^(g[0-9]+)_");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.out())
        .contains("48 images to learn from, 16 to choose the epoch by, 16 to measure")
        .contains("Left out, unreadable: 1")
        .contains("broken.jpg")
        .contains("Epoch 2/2")
        .contains("95% interval");
  }

  private static void part(String part, int first, int images) throws IOException {
    for (String label : IMAGES.classes()) {
      Path classFolder = Files.createDirectories(folder.resolve("data/" + part + "/" + label));
      for (int i = first; i < first + images; i++) {
        Files.write(classFolder.resolve("g%d_%d.jpg".formatted(i / 2, i)), IMAGES.jpeg(label, i));
      }
    }
  }

  @Test
  void trainingWritesACheckpointAndAReport() {
    Checkpoint checkpoint = CheckpointFolder.read(Path.of(model()));

    Manifest manifest = checkpoint.manifest();
    assertThat(manifest.classes()).isEqualTo(IMAGES.classes());
    assertThat(manifest.metrics())
        .containsKeys(
            "val-accuracy", "test-accuracy", "test-loss", "val-macro-f1", "test-calibration-error");
    assertThat(manifest.lineage().configuration()).containsEntry("network.size", "32");
    assertThat(checkpoint.file("report.html")).isNotEmptyFile();
    assertThat(checkpoint.file(".run")).doesNotExist();
    assertThat(run("train", data(), "--out", model()).err()).contains("is not empty");
  }

  @Test
  void evalMeasuresWhatTrainingMeasured() throws IOException {
    Ran json = run("eval", data(), "--model", model(), "--json", "--group-regex", "^(g[0-9]+)_");
    Ran text = run("eval", data(), "--model", model(), "--group-regex", "^(g[0-9]+)_");

    assertThat(json.code()).as(json.err()).isZero();
    JsonNode report = Json.MAPPER.readTree(json.out());
    double measured =
        CheckpointFolder.read(Path.of(model())).manifest().metrics().get("test-accuracy");
    assertThat(report.get("accuracy").asDouble()).isEqualTo(measured);
    assertThat(report.get("images").asInt()).isEqualTo(16);
    assertThat(report.get("groups").asInt()).isEqualTo(2);
    assertThat(text.out()).contains("PRECISION", "by drawing its 2 groups anew", "TAKEN FOR");
  }

  @Test
  void limitsOnImagesAreThoseOfTheServices() throws IOException {
    Path config = Files.writeString(folder.resolve("trainer.yaml"), "image:\n  max-pixels: 500\n");
    String image = folder.resolve("data/test/ring/g100_200.jpg").toString();

    Ran bySetting = run("predict", image, "--model", model(), "--set", "image.max-bytes=100");
    Ran byFile = run("eval", data(), "--model", model(), "--config", config.toString());
    Ran onGpu = run("predict", image, "--model", model(), "--device", "tpu");

    assertThat(bySetting.code()).isEqualTo(1);
    assertThat(bySetting.err()).contains("cannot be read", "100");
    assertThat(byFile.code()).isEqualTo(1);
    assertThat(byFile.err()).contains("None of the 16 images can be read");
    assertThat(onGpu.err()).contains("device must be");
  }

  @Test
  void predictPrintsAndDraws() throws IOException {
    Path image = folder.resolve("data/test/ring/g100_200.jpg");
    Path bad = Files.writeString(folder.resolve("bad.jpg"), "no image");
    String drawn = folder.resolve("drawn").toString();

    Ran table = run("predict", image.toString(), "--model", model(), "--annotate", drawn);
    Ran csv =
        run(
            "predict",
            image.toString(),
            bad.toString(),
            "-m",
            model(),
            "-k",
            "1",
            "--format",
            "csv");

    assertThat(table.code()).as(table.err()).isZero();
    assertThat(table.out()).contains("PROBABILITY").contains(IMAGES.classes());
    assertThat(ImageIO.read(folder.resolve("drawn/g100_200.png").toFile()).getWidth())
        .isEqualTo(224);
    assertThat(csv.code()).isEqualTo(1);
    assertThat(csv.err()).contains("bad.jpg cannot be read");
    assertThat(csv.out().lines()).hasSize(2);
  }

  @Test
  void publishMakesItAVersionInTheTopic() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      Ran published =
          run("models", "publish", model(), "--model", "shapes", "-b", kafka.bootstrapServers());

      assertThat(published.code()).as(published.err()).isZero();
      assertThat(published.out()).contains("version 1 of model shapes");
      CheckpointCatalog catalog =
          new CheckpointCatalog(
              Map.of("bootstrap.servers", kafka.bootstrapServers()), new Topics("ocellus"));
      List<Manifest> versions = catalog.versions("shapes");
      assertThat(versions).hasSize(1);
      Checkpoint fetched = catalog.fetch("shapes", 1, folder.resolve("fetched"));
      assertThat(fetched.file(Checkpoint.MODEL))
          .hasSameBinaryContentAs(Path.of(model()).resolve(Checkpoint.MODEL));

      String[] broker = {"-b", kafka.bootstrapServers()};
      String image = folder.resolve("data/test/ring/g100_200.jpg").toString();
      Ran fromFolder = run("predict", image, "-m", model());
      assertThat(run("predict", image, "-m", "shapes", broker[0], broker[1]).out())
          .isEqualTo(fromFolder.out());
      assertThat(run("eval", data(), "-m", "shapes@1", broker[0], broker[1]).out())
          .isEqualTo(run("eval", data(), "-m", model()).out());
      assertThat(run("eval", data(), "-m", "shapes@2", broker[0], broker[1]).err())
          .contains("shapes@2 is no folder here", "no sound version 2; it has 1");
      assertThat(run("predict", image, "-m", "away/shapes").err()).contains("has no manifest.json");
    }
  }

  @Test
  void foldsAreTrainedMeasuredAndCompared() {
    String out = folder.resolve("folds").toString();
    String[] train = {
      "train",
      data(),
      "--out",
      out,
      "--folds",
      "2",
      "--epochs",
      "1",
      "--size",
      "32",
      "--device",
      "cpu",
      "--network",
      "se-densenet-light",
      "--group-regex",
      "^(g[0-9]+)_"
    };

    Ran first = run(train);
    Ran again = run(train);

    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out()).contains("Fold 2 of 2", "standard deviation");
    assertThat(again.out()).contains("Fold 1 is in", "taken as it is", "standard deviation");
  }
}
