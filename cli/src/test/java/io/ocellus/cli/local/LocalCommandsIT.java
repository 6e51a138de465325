package io.ocellus.cli.local;

import static io.ocellus.cli.local.TrainedFolder.IMAGES;
import static io.ocellus.cli.local.TrainedFolder.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointFolder;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.cli.local.TrainedFolder.Ran;
import io.ocellus.service.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCommandsIT {
  @TempDir private static Path folder;
  private static TrainedFolder trained;

  @BeforeAll
  static void train() throws IOException {
    trained = new TrainedFolder(folder);
    Ran training = trained.train();
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.out())
        .contains("48 images to learn from, 16 to choose the epoch by, 16 to measure")
        .contains("Left out, unreadable: 1")
        .contains("broken.jpg")
        .contains("Epoch 2/2")
        .contains("95% interval");
  }

  @Test
  void trainingWritesACheckpointAndAReport() {
    Checkpoint checkpoint = CheckpointFolder.read(Path.of(trained.model()));

    Manifest manifest = checkpoint.manifest();
    assertThat(manifest.classes()).isEqualTo(IMAGES.classes());
    assertThat(manifest.metrics())
        .containsKeys(
            "val-accuracy", "test-accuracy", "test-loss", "val-macro-f1", "test-calibration-error");
    assertThat(manifest.lineage().configuration()).containsEntry("network.size", "32");
    assertThat(checkpoint.file("report.html")).isNotEmptyFile();
    assertThat(checkpoint.file(".run")).doesNotExist();
    assertThat(run("train", trained.data(), "--out", trained.model()).err())
        .contains("is not empty");
  }

  @Test
  void evalMeasuresWhatTrainingMeasured() throws IOException {
    Ran json =
        run(
            "eval",
            trained.data(),
            "--model",
            trained.model(),
            "--json",
            "--group-regex",
            "^(g[0-9]+)_");
    Ran text =
        run("eval", trained.data(), "--model", trained.model(), "--group-regex", "^(g[0-9]+)_");

    assertThat(json.code()).as(json.err()).isZero();
    JsonNode report = Json.MAPPER.readTree(json.out());
    double measured =
        CheckpointFolder.read(Path.of(trained.model())).manifest().metrics().get("test-accuracy");
    assertThat(report.get("accuracy").asDouble()).isEqualTo(measured);
    assertThat(report.get("images").asInt()).isEqualTo(16);
    assertThat(report.get("groups").asInt()).isEqualTo(2);
    assertThat(text.out()).contains("PRECISION", "by drawing its 2 groups anew", "TAKEN FOR");
  }

  @Test
  void limitsOnImagesAreThoseOfTheServices() throws IOException {
    Path config = Files.writeString(folder.resolve("trainer.yaml"), "image:\n  max-pixels: 500\n");
    String image = folder.resolve("data/test/ring/g100_200.jpg").toString();

    Ran bySetting =
        run("predict", image, "--model", trained.model(), "--set", "image.max-bytes=100");
    Ran byFile =
        run("eval", trained.data(), "--model", trained.model(), "--config", config.toString());
    Ran onGpu = run("predict", image, "--model", trained.model(), "--device", "tpu");

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

    Ran table = run("predict", image.toString(), "--model", trained.model(), "--annotate", drawn);
    Ran csv =
        run(
            "predict",
            image.toString(),
            bad.toString(),
            "-m",
            trained.model(),
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
  void foldsAreTrainedMeasuredAndCompared() {
    String out = folder.resolve("folds").toString();
    String[] train = {
      "train",
      trained.data(),
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
