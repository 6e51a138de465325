package io.ocellus.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.cli.Ocellus;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.TopicSettings;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DataCommandsIT {
  private static final SyntheticImages IMAGES = new SyntheticImages(16, 1);
  private static final Topics TOPICS = new Topics("api");
  private static Broker broker;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void startBroker() {
    broker = Broker.start();
    TopicSettings settings = new TopicSettings("api", 2, 1);
    EnsuredTopic.of(kafka(), settings, TOPICS.images());
    EnsuredTopic.of(kafka(), settings, TOPICS.labelledImages());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void ingestSendsEachImageWithItsLabelGroupAndSplit(@TempDir Path folder) throws IOException {
    write(folder.resolve("train/ring/p1_a.jpg"), IMAGES.jpeg("ring", 1));
    write(folder.resolve("val/cross/p2_a.png"), IMAGES.png("cross", 2));
    write(folder.resolve("test/cross/p3_a.png"), IMAGES.png("cross", 3));
    write(folder.resolve("train/ring/p1_cut.jpg"), IMAGES.broken(SyntheticImages.Broken.TRUNCATED));

    int code = run("ingest", folder.toString(), "--prefix", "in", "--group-regex", "^([^_]+)_");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("Sent 2 images to in.labelled-images.")
        .contains("1  left out")
        .contains("Skipped " + folder.resolve("train/ring/p1_cut.jpg"));
    Map<String, ConsumerRecord<String, byte[]>> records = new HashMap<>();
    read("in.labelled-images", 2).forEach(r -> records.put(r.key(), r));
    ConsumerRecord<String, byte[]> train = records.get("train/ring/p1_a.jpg");
    ConsumerRecord<String, byte[]> val = records.get("val/cross/p2_a.png");
    assertThat(train.value()).isEqualTo(IMAGES.jpeg("ring", 1));
    assertThat(header(train, EventHeaders.LABEL)).contains("ring");
    assertThat(header(train, EventHeaders.GROUP)).contains("p1");
    assertThat(header(train, EventHeaders.SPLIT)).contains("train");
    assertThat(header(train, EventHeaders.CONTENT_TYPE)).contains("image/jpeg");
    assertThat(header(train, EventHeaders.CE_SPECVERSION)).contains("1.0");
    assertThat(header(val, EventHeaders.SPLIT)).contains("test");
    assertThat(header(val, EventHeaders.CONTENT_TYPE)).contains("image/png");
  }

  @Test
  void aDryRunNeedsNoKafka(@TempDir Path folder) throws IOException {
    write(folder.resolve("ring/a.jpg"), IMAGES.jpeg("ring", 1));

    int code = execute("ingest", folder.toString(), "--dry-run", "-b", "127.0.0.1:1");

    assertThat(code).isZero();
    assertThat(out.toString()).contains("1  ring").doesNotContain("Sent");
  }

  @Test
  void aFolderThatIsNoDataSetEndsWithOneLine(@TempDir Path folder) {
    assertThat(run("ingest", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("one folder per class").hasLineCount(1);
  }

  @Test
  void devicesTakeTurnsAndNumberTheirImages() {
    int code =
        run(
            "devices",
            "--prefix",
            "dev",
            "--devices",
            "3",
            "--images",
            "20",
            "--rate",
            "0",
            "--broken",
            "10");

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).contains("Sent 20 images to dev.images.");
    List<ConsumerRecord<String, byte[]>> records = read("dev.images", 20);
    assertThat(records)
        .extracting(ConsumerRecord::key)
        .containsOnly("device-1", "device-2", "device-3");
    assertThat(records).extracting(r -> header(r, EventHeaders.CE_ID)).doesNotHaveDuplicates();
    assertThat(records)
        .allSatisfy(
            r -> assertThat(header(r, EventHeaders.CE_SOURCE)).contains("/devices/" + r.key()));
    assertThat(records).noneMatch(r -> header(r, EventHeaders.LABEL).isPresent());
    assertThat(records).filteredOn(r -> r.value().length == 0).hasSize(1);
  }

  @Test
  void aRateIsKept() {
    List<SentImage> sent = new ArrayList<>();
    try (DeviceSimulator simulator = new DeviceSimulator(kafka(), TOPICS, 2, 50, sent::add)) {
      long start = System.nanoTime();
      simulator.send(DeviceImages.limited(DeviceImages.synthetic(IMAGES, 0, 1), 26));

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(490), Duration.ofSeconds(5));
      assertThat(simulator.acknowledged()).isEqualTo(26);
    }
    assertThat(sent).extracting(SentImage::id).doesNotHaveDuplicates().hasSize(26);
    assertThat(sent).allMatch(image -> image.image().label().isPresent());
  }

  @Test
  void stoppingEndsAnEndlessStream() throws InterruptedException {
    try (DeviceSimulator simulator = new DeviceSimulator(kafka(), TOPICS, 2, 100, image -> {})) {
      Thread sender = new Thread(() -> simulator.send(DeviceImages.synthetic(IMAGES, 0, 1)));
      sender.start();
      simulator.stop();
      sender.join(10_000);

      assertThat(sender.isAlive()).isFalse();
    }
  }

  @Test
  void whatKafkaRefusesIsNotLostInSilence() {
    Map<String, String> small = new HashMap<>(kafka());
    small.put("max.request.size", "100000");
    try (LabelledImageSender sender = new LabelledImageSender(small, TOPICS, "/folders/test")) {
      assertThatThrownBy(
              () -> {
                sender.send("big", "ring", Optional.empty(), Optional.empty(), new byte[200_000]);
                sender.flush();
              })
          .hasMessageContaining("Kafka did not take an image");
      assertThat(sender.acknowledged()).isZero();
    }
  }

  @Test
  void aForgottenImageIsATombstone() {
    try (LabelledImageSender sender = new LabelledImageSender(kafka(), TOPICS, "/folders/test")) {
      sender.send("a", "ring", Optional.empty(), Optional.empty(), IMAGES.jpeg("ring", 1));
      sender.forget("a");
      sender.flush();
    }

    assertThat(read(TOPICS.labelledImages(), 2).get(1).value()).isNull();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-b", broker.bootstrapServers()));
    return execute(all.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    CommandLine command = Ocellus.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private static Map<String, String> kafka() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private static Optional<String> header(ConsumerRecord<?, ?> record, String name) {
    return EventHeaders.text(record.headers(), name);
  }

  private static List<ConsumerRecord<String, byte[]>> read(String topic, int count) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            new HashMap<>(kafka()), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (records.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    assertThat(records).hasSize(count);
    return records;
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
