package io.ocellus.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.checkpoint.Lineage;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.OffsetRange;
import io.ocellus.cli.Ocellus;
import io.ocellus.image.Preprocessing;
import io.ocellus.image.Resize;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Normalization;
import io.ocellus.service.Json;
import io.ocellus.testbed.Broker;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSettings;
import io.ocellus.topic.TopicSpec;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandIT {
  private static final Topics TOPICS = new Topics("ocellus");

  @TempDir private static Path source;
  private static Broker kafka;
  private static Map<String, String> clients;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void publish() throws IOException {
    kafka = Broker.start();
    clients = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (TopicAdmin admin = new TopicAdmin(clients)) {
      List<String> unused = admin.ensure(TopicSpec.of(new TopicSettings("ocellus", 1, -1)));
      assertThat(unused).hasSize(6);
    }
    try (CheckpointPublisher publisher = new CheckpointPublisher(clients, TOPICS, "birds", 5)) {
      for (int version = 1; version <= 2; version++) {
        Files.write(source.resolve("model.pt"), new byte[600_000 * version]);
        Files.writeString(source.resolve("weights.safetensors"), "weights of " + version);
        assertThat(publisher.publish(manifest(version), source).version()).isEqualTo(version);
      }
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void listsVersionsWithMetricsAndLineage() {
    assertThat(run("models", "list")).isZero();

    assertThat(out.toString().lines().map(line -> line.split(" {2,}")))
        .contains(
            new String[] {
              "MODEL",
              "VERSION",
              "TRAINED",
              "NETWORK",
              "ACCURACY",
              "MACRO F1",
              "CLASSES",
              "IMAGES",
              "REASON",
              "PARENT",
              "SIZE",
              "SIGNED BY",
              "PUBLISHED BY"
            },
            new String[] {
              "birds",
              "1",
              "2026-05-01T07:08:09Z",
              "se-densenet-light",
              "0.5100",
              "-",
              "2",
              "80 + 20",
              "on-start",
              "-",
              "585.9 KiB",
              "-",
              "trainer"
            },
            new String[] {
              "birds",
              "2",
              "2026-05-02T07:08:09Z",
              "se-densenet-light",
              "0.5200",
              "-",
              "2",
              "80 + 20",
              "on-start",
              "1",
              "1.1 MiB",
              "-",
              "trainer"
            });
  }

  @Test
  void showsTheNewestOrTheOneThatIsAskedForAsTextAndAsJson() throws IOException {
    assertThat(run("models", "show", "--model", "birds")).isZero();
    assertThat(out.toString())
        .contains("birds, version 2", "owl, wren", "ocellus.labelled-images-0, offsets 0 to 100")
        .contains("training.epochs = 3");

    out.getBuffer().setLength(0);
    assertThat(run("models", "show", "1", "--model", "birds", "--json")).isZero();
    assertThat(Json.MAPPER.readValue(out.toString(), Manifest.class).version()).isEqualTo(1);
  }

  @Test
  void exportsFilesByteForByteButOverwritesNothing() throws IOException {
    Path target = folder.resolve("exported");

    assertThat(run("models", "export", "2", "--model", "birds", "--to", target.toString()))
        .isZero();

    assertThat(target.resolve("model.pt")).hasSameBinaryContentAs(source.resolve("model.pt"));
    assertThat(target.resolve("weights.safetensors")).hasContent("weights of 2");
    assertThat(Json.MAPPER.readTree(target.resolve("manifest.json").toFile()).get("version"))
        .hasToString("2");
    assertThat(run("models", "export", "1", "--model", "birds", "--to", target.toString())).isOne();
    assertThat(err.toString()).contains("is not empty");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(target);
    }
  }

  @Test
  void verifiesHashesAndFailsOnACorruptVersion() throws Exception {
    assertThat(run("models", "verify", "1", "--model", "birds")).isZero();
    assertThat(out.toString()).contains("birds/1  model.pt").contains("sound");

    corruptVersion("fish", 1);
    out.getBuffer().setLength(0);
    assertThat(run("models", "verify", "--all", "--model", "fish")).isOne();
    assertThat(out.toString()).contains("Version 1 of model fish is refused (bad-manifest)");
  }

  @Test
  void signsWithAGeneratedKeyAndTellsTheSigner() throws Exception {
    String key = folder.resolve("trainer").toString();
    assertThat(Ocellus.commandLine().setOut(new PrintWriter(out)).execute("keys", "generate", key))
        .isZero();
    String id = out.toString().lines().findFirst().orElseThrow().replace("Key ", "");
    String exported = folder.resolve("exported").toString();
    assertThat(run("models", "export", "2", "--model", "birds", "--to", exported)).isZero();

    assertThat(run("models", "publish", exported, "--model", "owls", "--key", key + ".key"))
        .isZero();
    assertThat(out.toString()).contains("signed by key " + id);
    assertThat(run("models", "verify", "--model", "owls", "--public-key", key + ".pub")).isZero();
    assertThat(out.toString()).contains("owls/1  signed by key " + id);
    assertThat(run("models", "verify", "--model", "owls")).isZero();
    assertThat(out.toString()).contains("owls/1  says that key %s has signed it".formatted(id));
    assertThat(run("models", "verify", "1", "--model", "birds")).isZero();
    assertThat(out.toString()).contains("birds/1  not signed");
    assertThat(run("models", "verify", "1", "--model", "birds", "--public-key", key + ".pub"))
        .isOne();
    assertThat(out.toString()).contains("Version 1 of model birds is refused (unsigned)");
  }

  @Test
  void namesWhatThereIsWhereSomethingIsNot() {
    assertThat(run("models", "show")).isOne();
    assertThat(err.toString())
        .contains("ocellus.checkpoints holds no version of model default. It has birds");
    assertThat(run("models", "show", "9", "--model", "birds")).isOne();
    assertThat(err.toString()).contains("Model birds has no sound version 9; it has 1, 2.");
    assertThat(run("models")).isEqualTo(2);
    assertThat(err.toString()).contains("Which of list, show, verify, export, publish?");
  }

  private int run(String... arguments) {
    return Ocellus.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(
            arguments.length == 1
                ? arguments
                : Stream.concat(Stream.of(arguments), Stream.of("-b", kafka.bootstrapServers()))
                    .toArray(String[]::new));
  }

  private static void corruptVersion(String model, int version) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.copyOf(clients), new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] key = "%s/%d".formatted(model, version).getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(TOPICS.checkpoints(), key, new byte[] {'{'})).get();
    }
  }

  private static Manifest manifest(int version) {
    return new Manifest(
        "birds",
        0,
        Instant.parse("2026-05-0%dT07:08:09.5Z".formatted(version)),
        new NetworkSpec("se-densenet-light", 2),
        List.of("owl", "wren"),
        new Preprocessing(32, Resize.STRETCH, Normalization.IMAGENET),
        1,
        Map.of("test-accuracy", 0.5 + version / 100.0, "test-loss", 0.25, "test-accuracy.owl", 0.5),
        List.of(),
        new Lineage(
            "run-" + version,
            "on-start",
            version - 1,
            List.of(new OffsetRange("ocellus.labelled-images", 0, 0, 100)),
            80,
            20,
            "hash of the group",
            42,
            Map.of("training.epochs", "3"),
            "0.1.0"));
  }
}
