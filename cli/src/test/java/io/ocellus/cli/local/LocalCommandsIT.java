package io.ocellus.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.CheckpointFolder;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.cli.Ocellus;
import io.ocellus.config.ConfigurationLoader;
import io.ocellus.inferencer.Classification;
import io.ocellus.inferencer.Inferencer;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.service.Json;
import io.ocellus.signature.KeyPairFiles;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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
  void publishMakesItAVersionThatIsServed() throws Exception {
    try (Broker kafka = Broker.start()) {
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
      Path stranger = KeyPairFiles.generate(folder.resolve("stranger")).publicKey();
      String trusted = "checkpoints.public-keys=" + stranger;
      Ran unsigned = run("predict", image, "-m", "shapes", broker[0], broker[1], "--set", trusted);
      assertThat(unsigned.out()).isEmpty();
      assertThat(unsigned.err()).contains("holds no sound version of model shapes");
      assertThat(run("predict", image, "-m", "away/shapes").err()).contains("has no manifest.json");

      JsonNode predicted =
          Json.MAPPER.readTree(run("predict", image, "-m", model(), "--format", "json").out());
      Classification served = served(kafka.bootstrapServers(), Path.of(image));
      assertThat(served.model()).isEqualTo("shapes");
      assertThat(served.version()).isEqualTo(1);
      JsonNode best = predicted.get(0).get("guesses").get(0);
      assertThat(served.label()).isEqualTo(best.get("label").asText());
      assertThat(served.probability()).isCloseTo(best.get("probability").asDouble(), within(1e-5));
    }
  }

  /** What an inferencer makes of an image of the stream. */
  private static Classification served(String broker, Path image) throws Exception {
    InferencerConfig config =
        new ConfigurationLoader<>(InferencerConfig.class)
            .load(
                Map.of(
                    "kafka.bootstrap.servers",
                    broker,
                    "model",
                    "shapes",
                    "state-dir",
                    folder.resolve("inferencer").toString(),
                    "http.port",
                    "0",
                    "topics.partitions",
                    "1"));
    Map<String, Object> kafka =
        Map.of("bootstrap.servers", broker, "isolation.level", "read_committed");
    try (Inferencer inferencer = new Inferencer(config);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      inferencer.start();
      await().atMost(Duration.ofMinutes(1)).until(inferencer::ready);
      Topics topics = config.topics().topics();
      List<TopicPartition> results = List.of(new TopicPartition(topics.classifications(), 0));
      consumer.assign(results);
      consumer.seekToBeginning(results);
      producer
          .send(
              new ProducerRecord<>(
                  topics.images(), "camera".getBytes(UTF_8), Files.readAllBytes(image)))
          .get();
      List<byte[]> values = new ArrayList<>();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return !values.isEmpty();
              });
      return Json.MAPPER.readValue(values.get(0), Classification.class);
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
