package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Refusal;
import io.ocellus.config.ConfigurationLoader;
import io.ocellus.failure.FailureReason;
import io.ocellus.signature.KeyPairFiles;
import io.ocellus.signature.SigningKey;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@Tag("container")
class InferencerIT {
  private static final TestModel MODEL = TestModel.of(32, "cat", "dog", "owl");
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static Broker kafka;

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);
  private final byte[] image = synthetic.png(synthetic.classes().get(0), 1);
  private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
  private final List<Integer> served = new CopyOnWriteArrayList<>();
  private Stream stream;

  @BeforeAll
  static void startKafka() {
    kafka = Broker.start();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @BeforeEach
  void open(TestInfo test) {
    stream =
        new Stream(kafka.bootstrapServers(), test.getTestMethod().orElseThrow().getName(), folder);
  }

  @AfterEach
  void close() {
    stream.close();
  }

  @Test
  void withoutAModelItIsNotReadyAndImagesWait() throws Exception {
    stream.send("camera", image);
    stream.flush();
    try (Inferencer inferencer = started()) {
      Scrape notReady = Scrape.of(inferencer.uri(), "/health/ready");
      assertThat(notReady.status()).isEqualTo(503);
      assertThat(notReady.text()).contains("no version of model default serves yet");
      assertThat(Scrape.of(inferencer.uri(), "/health/live").status()).isEqualTo(200);
      stream.publish(MODEL);
      await().atMost(PATIENCE).until(inferencer::ready);
      assertThat(Scrape.of(inferencer.uri(), "/health/ready").status()).isEqualTo(200);
      awaitOutcomes(1);
      Results.of(stream).assertExactlyOnceInOrder(1);
    }
  }

  @Test
  void eachPoisonIsOneDeadLetterAndItsNeighboursAreUnharmed() throws Exception {
    stream
        .with("image.max-bytes", "20000")
        .with("image.references", folder.toUri() + "allowed/,http://127.0.0.1:1/")
        .with("image.reference-patience", "500ms");
    stream.publish(MODEL);
    Map<FailureReason, ProducerRecord<byte[], byte[]>> poison = poison();
    int sent = 0;
    for (ProducerRecord<byte[], byte[]> record : poison.values()) {
      stream.send("camera", image);
      stream.send(record);
      stream.send("camera", image);
      sent += 3;
    }
    stream.flush();
    try (Inferencer inferencer = started()) {
      awaitOutcomes(sent);
      Results.of(stream).assertExactlyOnceInOrder(sent);
      Map<String, ConsumerRecord<byte[], byte[]>> letters =
          stream.read(stream.topics().imagesDead()).stream()
              .collect(
                  Collectors.toMap(
                      r -> EventHeaders.text(r.headers(), EventHeaders.REASON).orElseThrow(),
                      r -> r));
      poison.forEach(
          (reason, record) -> {
            assertThat(letters).containsKey(reason.tag());
            assertThat(letters.get(reason.tag()).value()).isEqualTo(record.value());
            assertThat(letters.get(reason.tag()).key()).isEqualTo(record.key());
          });
      assertThat(letters).hasSameSizeAs(poison);
      assertIdentity(inferencer, sent, poison.size());
    }
  }

  @Test
  void aCheckpointThatCannotServeIsCountedByReasonAndTheOldVersionGoesOn() throws Exception {
    stream.publish(MODEL);
    try (Inferencer inferencer = started()) {
      await().atMost(PATIENCE).until(inferencer::ready);
      publishTruncated();
      publishWithOtherClasses();
      await().atMost(PATIENCE).until(() -> refusals.size() == 2);
      assertThat(refusals.stream().map(Refusal::reason))
          .containsExactly(Refusal.Reason.LOAD_FAILED, Refusal.Reason.WARM_UP_FAILED);
      stream.send("camera", image);
      stream.flush();
      awaitOutcomes(1);
      assertThat(Results.of(stream).versions()).containsExactly(1);
      Scrape metrics = Scrape.of(inferencer.uri(), "/metrics");
      assertThat(refused(metrics, "load-failed")).isEqualTo(1);
      assertThat(refused(metrics, "warm-up-failed")).isEqualTo(1);
      assertThat(metrics.sum("ocellus_inferencer_serving_version")).isEqualTo(1);
      assertThat(metrics.sum("ocellus_inferencer_models_loaded")).isEqualTo(1);
      Manifest next = stream.publish(TestModel.of(48, "a", "b", "c", "d", "e"));
      await().atMost(PATIENCE).until(() -> served.contains(next.version()));
      stream.send("camera", image);
      stream.flush();
      awaitOutcomes(2);
      assertThat(Results.of(stream).classifications().get(1).probabilities())
          .containsOnlyKeys("a", "b", "c", "d", "e");
    }
  }

  @Test
  void withPublicKeysOnlySignedVersionsServeAndTheOldOneGoesOn() throws Exception {
    KeyPairFiles files = KeyPairFiles.generate(folder.resolve("trainer"));
    SigningKey key = SigningKey.read(files.privateKey());
    publishSigned(key);
    stream.with("checkpoints.public-keys", files.publicKey().toString());
    try (Inferencer inferencer = started()) {
      await().atMost(PATIENCE).until(inferencer::ready);
      publishSigned(null);
      publishSigned(SigningKey.read(KeyPairFiles.generate(folder.resolve("other")).privateKey()));
      await().atMost(PATIENCE).until(() -> refusals.size() == 2);
      stream.send("camera", image);
      stream.flush();
      awaitOutcomes(1);
      assertThat(Results.of(stream).versions()).containsExactly(1);
      Scrape metrics = Scrape.of(inferencer.uri(), "/metrics");
      assertThat(refused(metrics, "unsigned")).isEqualTo(1);
      assertThat(refused(metrics, "untrusted-signer")).isEqualTo(1);
      publishSigned(key);
      await().atMost(PATIENCE).until(() -> served.contains(4));
    }
  }

  private void publishSigned(SigningKey key) throws Exception {
    Path directory = Files.createTempDirectory(folder, "signed");
    Manifest draft = MODEL.write(directory);
    try (CheckpointPublisher publisher =
        new CheckpointPublisher(
            stream.kafka(), stream.topics(), TestModel.NAME, 5, Optional.ofNullable(key))) {
      publisher.publish(draft, directory);
    }
  }

  @Test
  void aStopInMidStreamAndARestartLoseNothing() throws Exception {
    int sent = 600;
    stream.with("streams.slots", "16").publish(MODEL);
    for (int i = 0; i < sent; i++) {
      stream.send("camera-" + i % 4, image);
    }
    stream.flush();
    int stops = 0;
    while (Results.of(stream).size() < sent) {
      try (Inferencer inferencer = started()) {
        await().atMost(PATIENCE).until(inferencer::ready);
        int before = Results.of(stream).size();
        await()
            .atMost(PATIENCE)
            .until(() -> Results.of(stream).size() >= Math.min(before + 1, sent));
      }
      stops++;
    }
    assertThat(stops).isPositive();
    Results.of(stream).assertExactlyOnceInOrder(sent);
  }

  @Test
  void everyDeclaredMetricIsServedAndNoOther() throws Exception {
    stream.publish(MODEL);
    stream.send("camera", image);
    stream.flush();
    try (Inferencer inferencer = started()) {
      awaitOutcomes(1);
      await().untilAsserted(() -> assertIdentity(inferencer, 1, 0));
      String text = Scrape.of(inferencer.uri(), "/metrics").text();
      List<String> declared = new ArrayList<>();
      for (InferencerMetric metric : InferencerMetric.values()) {
        declared.add(
            "# TYPE %s %s".formatted(metric.spec().name(), metric.spec().type().prometheus()));
      }
      assertThat(
              text.lines()
                  .filter(line -> line.startsWith("# TYPE ocellus_"))
                  .filter(line -> !line.contains("_max ")))
          .containsExactlyInAnyOrderElementsOf(declared);
      assertThat(text.lines().filter(line -> line.startsWith("# TYPE kafka_")).count())
          .isBetween(6L, 16L);
    }
  }

  @Test
  void aFailedStartSaysWhy() {
    InferencerConfig unreachable =
        new ConfigurationLoader<>(InferencerConfig.class)
            .load(
                Map.of(
                    "kafka.bootstrap.servers", "127.0.0.1:1",
                    "kafka.default.api.timeout.ms", "2000",
                    "kafka.request.timeout.ms", "1000",
                    "state-dir", folder.toString(),
                    "http.port", "0"));
    try (Inferencer inferencer = new Inferencer(unreachable)) {
      assertThatThrownBy(inferencer::start).hasMessageContaining("127.0.0.1:1");
    }
  }

  private Inferencer started() {
    Inferencer inferencer =
        new Inferencer(
            stream.config(),
            new InferencerListener() {
              @Override
              public void serving(Manifest manifest, Duration sincePublication) {
                served.add(manifest.version());
              }

              @Override
              public void refused(Refusal refusal) {
                refusals.add(refusal);
              }
            });
    inferencer.start();
    return inferencer;
  }

  private void awaitOutcomes(int count) {
    await().atMost(PATIENCE).until(() -> Results.of(stream).size() >= count);
  }

  private static void assertIdentity(Inferencer inferencer, int sent, int dead) throws Exception {
    Scrape metrics = Scrape.of(inferencer.uri(), "/metrics");
    assertThat(metrics.sum("ocellus_inferencer_received_total")).isEqualTo(sent);
    assertThat(metrics.sum("ocellus_inferencer_dead_total")).isEqualTo(dead);
    assertThat(metrics.sum("ocellus_inferencer_classified_total")).isEqualTo(sent - dead);
    assertThat(metrics.sum("ocellus_inferencer_skipped_total")).isZero();
    assertThat(metrics.sum("ocellus_inferencer_in_flight")).isZero();
    assertThat(metrics.sum("ocellus_inferencer_latency_seconds_count")).isEqualTo(sent - dead);
  }

  private static double refused(Scrape metrics, String reason) {
    return metrics.sum(
        "ocellus_inferencer_checkpoints_refused_total{model=\"default\",reason=\"%s\"}"
            .formatted(reason));
  }

  private Map<FailureReason, ProducerRecord<byte[], byte[]>> poison() {
    Map<FailureReason, ProducerRecord<byte[], byte[]>> poison = new EnumMap<>(FailureReason.class);
    for (FailureReason reason : FailureReason.values()) {
      switch (reason) {
        case EMPTY -> poison.put(reason, record(new byte[0]));
        case NAME_TOO_LONG -> poison.put(reason, longName());
        case TOO_LARGE_BYTES -> poison.put(reason, record(new byte[20_001]));
        case TOO_MANY_PIXELS ->
            poison.put(reason, record(synthetic.broken(SyntheticImages.Broken.BOMB)));
        case UNSUPPORTED_FORMAT ->
            poison.put(reason, record(synthetic.broken(SyntheticImages.Broken.TEXT)));
        case UNDECODABLE ->
            poison.put(reason, record(synthetic.broken(SyntheticImages.Broken.TRUNCATED)));
        case REFERENCE_REFUSED -> poison.put(reason, reference("elsewhere/image.png"));
        case REFERENCE_MISSING -> poison.put(reason, reference("allowed/image.png"));
        case REFERENCE_UNAVAILABLE -> poison.put(reason, absolute("http://127.0.0.1:1/a.png"));
        case NO_LABEL, UNKNOWN_SPLIT -> {} // of labelled images only
        case FORWARD_FAILED -> {} // no image can do it to a sound network; see ForwardPassTest
      }
    }
    return poison;
  }

  private ProducerRecord<byte[], byte[]> record(byte[] value) {
    return new ProducerRecord<>(
        stream.topics().images(), "camera".getBytes(StandardCharsets.UTF_8), value);
  }

  private ProducerRecord<byte[], byte[]> longName() {
    ProducerRecord<byte[], byte[]> record = record(synthetic.png(synthetic.classes().get(0), 1));
    EventHeaders.set(record.headers(), EventHeaders.CE_ID, "x".repeat(700_000));
    return record;
  }

  private ProducerRecord<byte[], byte[]> reference(String path) {
    return absolute(folder.toUri() + path);
  }

  private ProducerRecord<byte[], byte[]> absolute(String uri) {
    ProducerRecord<byte[], byte[]> record = record(null);
    EventHeaders.set(record.headers(), EventHeaders.CE_DATAREF, uri);
    return record;
  }

  private void publishTruncated() throws Exception {
    Path directory = Files.createTempDirectory(folder, "truncated");
    Manifest draft = MODEL.write(directory);
    for (String name : List.of(Checkpoint.MODEL, Checkpoint.WEIGHTS)) {
      byte[] whole = Files.readAllBytes(directory.resolve(name));
      Files.write(directory.resolve(name), Arrays.copyOf(whole, whole.length / 2));
    }
    stream.publish(draft, directory);
  }

  private void publishWithOtherClasses() throws Exception {
    Path directory = Files.createTempDirectory(folder, "classes");
    MODEL.write(directory);
    Files.delete(directory.resolve(Checkpoint.WEIGHTS));
    stream.publish(TestModel.of(32, "one", "two").draft(), directory);
  }
}
