package io.ocellus.cli.local;

import static io.ocellus.cli.local.TrainedFolder.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.cli.local.TrainedFolder.Ran;
import io.ocellus.config.ConfigurationLoader;
import io.ocellus.inferencer.Classification;
import io.ocellus.inferencer.Inferencer;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.service.Json;
import io.ocellus.signature.KeyPairFiles;
import io.ocellus.testbed.Broker;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that was trained on a folder, published, and served. */
class PublishedFolderIT {
  @TempDir private static Path folder;
  private static TrainedFolder trained;

  @BeforeAll
  static void train() throws IOException {
    trained = new TrainedFolder(folder);
    assertThat(trained.train().code()).isZero();
  }

  @Test
  void publishMakesItAVersionThatIsServed() throws Exception {
    try (Broker kafka = Broker.start()) {
      Ran published =
          run(
              "models",
              "publish",
              trained.model(),
              "--model",
              "shapes",
              "-b",
              kafka.bootstrapServers());

      assertThat(published.code()).as(published.err()).isZero();
      assertThat(published.out()).contains("version 1 of model shapes");
      CheckpointCatalog catalog =
          new CheckpointCatalog(
              Map.of("bootstrap.servers", kafka.bootstrapServers()), new Topics("ocellus"));
      List<Manifest> versions = catalog.versions("shapes");
      assertThat(versions).hasSize(1);
      Checkpoint fetched = catalog.fetch("shapes", 1, folder.resolve("fetched"));
      assertThat(fetched.file(Checkpoint.MODEL))
          .hasSameBinaryContentAs(Path.of(trained.model()).resolve(Checkpoint.MODEL));

      String[] broker = {"-b", kafka.bootstrapServers()};
      String image = folder.resolve("data/test/ring/g100_200.jpg").toString();
      Ran fromFolder = run("predict", image, "-m", trained.model());
      assertThat(run("predict", image, "-m", "shapes", broker[0], broker[1]).out())
          .isEqualTo(fromFolder.out());
      assertThat(run("eval", trained.data(), "-m", "shapes@1", broker[0], broker[1]).out())
          .isEqualTo(run("eval", trained.data(), "-m", trained.model()).out());
      assertThat(run("eval", trained.data(), "-m", "shapes@2", broker[0], broker[1]).err())
          .contains("shapes@2 is no folder here", "no sound version 2; it has 1");
      Path stranger = KeyPairFiles.generate(folder.resolve("stranger")).publicKey();
      String trusted = "checkpoints.public-keys=" + stranger;
      Ran unsigned = run("predict", image, "-m", "shapes", broker[0], broker[1], "--set", trusted);
      assertThat(unsigned.out()).isEmpty();
      assertThat(unsigned.err()).contains("holds no sound version of model shapes");
      assertThat(run("predict", image, "-m", "away/shapes").err()).contains("has no manifest.json");

      JsonNode predicted =
          Json.MAPPER.readTree(
              run("predict", image, "-m", trained.model(), "--format", "json").out());
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
}
