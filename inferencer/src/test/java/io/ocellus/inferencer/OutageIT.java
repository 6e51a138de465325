package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SmallDisk;
import io.ocellus.testbed.SyntheticImages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is around a running inferencer fails, and is put right again: docs/runbook.md tells the same
 * to operators. With {@code -Docellus.outage.seconds=120} the broker stays away for so long.
 */
@Timeout(400)
class OutageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long AWAY_SECONDS = Long.getLong("ocellus.outage.seconds", 20);

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);
  private final byte[] image = synthetic.png(synthetic.classes().get(0), 1);
  private Broker kafka;
  private Stream stream;
  private int sent;

  @BeforeEach
  void open() {
    kafka = Broker.start();
    stream = new Stream(kafka.bootstrapServers(), "outage", folder);
    stream.publish(TestModel.of(32, "cat", "dog"));
  }

  @AfterEach
  void close() {
    stream.close();
    kafka.close();
  }

  @Test
  void aBrokerThatComesBackFindsTheStreamWhereItWas() throws Exception {
    try (Inferencer inferencer = started()) {
      send(200);
      await().atMost(PATIENCE).until(() -> stream.reach() > 0);
      kafka.stop();
      Thread.sleep(Duration.ofSeconds(AWAY_SECONDS).toMillis());
      assertThat(Scrape.of(inferencer.uri(), "/health/live").status()).isEqualTo(200);
      long back = System.nanoTime();
      kafka.restart();
      send(200);
      awaitAll();
      System.out.printf(
          "the broker was away for %d s; all is classified %d ms after its return%n",
          AWAY_SECONDS, (System.nanoTime() - back) / 1_000_000);
      Results.of(stream).assertExactlyOnceInOrder(sent);
    }
  }

  @Test
  void aResultsTopicThatIsDeletedHoldsTheStreamUntilItIsThereAgain() throws Exception {
    try (Inferencer inferencer = started();
        Admin admin = Admin.create(new HashMap<>(stream.kafka()))) {
      send(20);
      awaitAll();
      admin.deleteTopics(List.of(stream.topics().classifications())).all().get();
      sent = 0;
      send(20);
      Thread.sleep(5_000);
      stream.createTopics();
      awaitAll();
      assertThat(Scrape.of(inferencer.uri(), "/health/live").status()).isEqualTo(200);
    }
  }

  @Test
  void anImagesTopicThatIsDeletedHoldsTheStreamUntilItIsThereAgain() throws Exception {
    try (Inferencer inferencer = started();
        Admin admin = Admin.create(new HashMap<>(stream.kafka()))) {
      send(20);
      awaitAll();
      admin.deleteTopics(List.of(stream.topics().images())).all().get();
      await().atMost(PATIENCE).until(() -> !inferencer.ready());
      stream.createTopics();
      long back = System.nanoTime();
      send(30);
      await().atMost(PATIENCE).until(() -> Results.of(stream).size() == sent);
      System.out.printf(
          "all is classified %d ms after the images topic was made again%n",
          (System.nanoTime() - back) / 1_000_000);
      await().atMost(PATIENCE).until(inferencer::ready);
    }
  }

  @Test
  void aResultsTopicThatTakesNoResultHoldsTheStreamUntilItDoes() throws Exception {
    try (Inferencer inferencer = started()) {
      send(20);
      awaitAll();
      set(stream.topics().classifications(), "max.message.bytes", "100");
      send(20);
      await().atMost(PATIENCE).until(() -> !inferencer.ready());
      set(stream.topics().classifications(), "max.message.bytes", "1048588");
      awaitAll();
      Results.of(stream).assertExactlyOnceInOrder(sent);
    }
  }

  @Test
  void aFullDiskHoldsTheStreamUntilThereIsRoom() throws Exception {
    Path disk = folder.resolve("disk");
    Optional<SmallDisk> mounted = SmallDisk.mount(disk, 64 << 20);
    assumeThat(mounted).as("this user may mount a small disk").isPresent();
    try (SmallDisk small = mounted.orElseThrow()) {
      stream.with("state-dir", disk.resolve("state").toString()).with("streams.slots", "64");
      try (Inferencer inferencer = started()) {
        send(50);
        awaitAll();
        Path filler = small.fill();
        send(400);
        Thread.sleep(5_000);
        Files.delete(filler);
        awaitAll();
        assertThat(Scrape.of(inferencer.uri(), "/health/live").status()).isEqualTo(200);
        Results.of(stream).assertExactlyOnceInOrder(sent);
      }
    }
  }

  /** A camera whose battery is empty begins in 1970. */
  @Test
  void imagesOfDevicesWithAWrongClockAreClassifiedAndKept() throws Exception {
    for (Instant clock : List.of(Instant.EPOCH, Instant.now().plus(Duration.ofDays(3650)))) {
      sent++;
      stream.send(
          new ProducerRecord<>(
              stream.topics().images(),
              null,
              clock.toEpochMilli(),
              "camera".getBytes(StandardCharsets.UTF_8),
              image));
    }
    stream.flush();
    try (Inferencer inferencer = started()) {
      awaitAll();
      assertThat(inferencer.ready()).isTrue();
      Results.of(stream).assertExactlyOnceInOrder(sent);
      assertThat(stream.read(stream.topics().classifications()))
          .allSatisfy(
              result ->
                  assertThat(Instant.ofEpochMilli(result.timestamp()))
                      .isAfter(Instant.now().minus(PATIENCE))
                      .isBefore(Instant.now()));
    }
  }

  private Inferencer started() {
    Inferencer inferencer = new Inferencer(stream.config());
    inferencer.start();
    await().atMost(PATIENCE).until(inferencer::ready);
    return inferencer;
  }

  private void send(int images) {
    for (int i = 0; i < images; i++) {
      stream.send("camera-" + i % 4, image);
    }
    sent += images;
    stream.flush();
  }

  private void awaitAll() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .untilAsserted(() -> Results.of(stream).assertNoneLost(sent));
  }

  private void set(String topic, String name, String value) {
    stream.configure(ConfigResource.Type.TOPIC, topic, Map.of(name, value));
  }
}
