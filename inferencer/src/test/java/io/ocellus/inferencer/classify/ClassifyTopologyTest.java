package io.ocellus.inferencer.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.failure.FailureReason;
import io.ocellus.inferencer.Classification;
import io.ocellus.inferencer.Skip;
import io.ocellus.service.Json;
import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClassifyTopologyTest {
  private static final int SLOTS = 4;
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
  private static final Topics TOPICS = new Topics("ocellus");

  @TempDir Path folder;
  private final List<ImageEvent> submitted = new ArrayList<>();
  private final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
  private final Fixtures.Counted metrics = new Fixtures.Counted();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> images;
  private TestOutputTopic<byte[], byte[]> results;
  private TestOutputTopic<byte[], byte[]> dead;

  @BeforeEach
  void open() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    driver =
        new TopologyTestDriver(
            ClassifyTopology.of(
                TOPICS, SLOTS, 1_000_000, true, LONGEST_WAIT, this::submit, metrics.metrics()),
            properties);
    images =
        driver.createInputTopic(
            TOPICS.images(), new ByteArraySerializer(), new ByteArraySerializer());
    results =
        driver.createOutputTopic(
            TOPICS.classifications(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    dead =
        driver.createOutputTopic(
            TOPICS.imagesDead(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void close() {
    if (driver != null) {
      driver.close();
      driver = null;
    }
  }

  @Test
  void whatIsInFlightLiesInTheStoreUntilItsResultIsForwarded() {
    images.pipeInput(bytes("camera"), bytes("a"));
    images.pipeInput(bytes("camera"), bytes("b"));
    assertThat(stored()).hasSize(2);
    assertThat(results.isEmpty()).isTrue();
    outcomes.get(0).complete(Fixtures.classified());
    look();
    assertThat(results.getQueueSize()).isEqualTo(1);
    assertThat(stored()).hasSize(1);
  }

  @Test
  void resultsComeInTheOrderOfTheImagesWhateverFinishesFirst() throws IOException {
    for (String image : List.of("a", "b", "c")) {
      images.pipeInput(bytes("camera"), bytes(image));
    }
    outcomes.get(2).complete(Fixtures.classified());
    outcomes.get(1).complete(Fixtures.classified());
    look();
    assertThat(results.isEmpty()).isTrue();
    outcomes.get(0).complete(Fixtures.classified());
    look();
    assertThat(offsets()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void whatWasTooLateIsSaidAmongTheResultsInItsPlace() throws IOException {
    images.pipeInput(bytes("camera"), bytes("a"));
    images.pipeInput(bytes("camera"), bytes("b"));
    outcomes.get(1).complete(Fixtures.classified());
    outcomes.get(0).complete(Fixtures.skipped());
    look();
    TestRecord<byte[], byte[]> skip = results.readRecord();
    assertThat(EventHeaders.text(skip.headers(), EventHeaders.CE_TYPE)).contains(Skip.TYPE);
    assertThat(skip.key()).isEqualTo(bytes("camera"));
    assertThat(Json.MAPPER.readValue(skip.value(), Skip.class).source().offset()).isZero();
    assertThat(offsets()).containsExactly(1L);
    assertThat(stored()).isEmpty();
    assertThat(metrics.text()).contains("skipped_total{model=\"default\",reason=\"too-late\"} 1.0");
  }

  @Test
  void aFullRingWaitsForItsHead() throws IOException {
    for (int i = 0; i < SLOTS; i++) {
      images.pipeInput(bytes("camera"), bytes("image"));
    }
    CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
        .execute(() -> outcomes.get(0).complete(Fixtures.classified()));
    images.pipeInput(bytes("camera"), bytes("one more"));
    assertThat(offsets()).containsExactly(0L);
    assertThat(stored()).hasSize(SLOTS);
  }

  @Test
  void anImageIsTakenBeyondTheSlotsWhereTheHeadTakesTooLong() throws IOException {
    int images = SLOTS + 3;
    for (int i = 0; i < images; i++) {
      sendWithin(LONGEST_WAIT.multipliedBy(3));
      look();
    }
    assertThat(results.isEmpty()).isTrue();
    assertThat(stored()).hasSize(images);
    Ring later = new Ring(store(), SLOTS, this::submit, (flight, outcome) -> {});
    submitted.clear();
    assertThat(later.restore()).isEqualTo(images);
    assertThat(submitted.stream().map(e -> e.source().offset())).isSorted();
    outcomes.forEach(outcome -> outcome.complete(Fixtures.classified()));
    look();
    assertThat(offsets()).hasSize(images).isSorted();
    assertThat(stored()).isEmpty();
  }

  @Test
  void theTasksOfAThreadWaitTogetherUntilItsPunctuatorsRan() {
    Patience patience = new Patience(LONGEST_WAIT);
    Ring one = fullRing();
    Ring other = fullRing();
    assertThat(patience.landHead(one)).isFalse();
    long began = System.nanoTime();
    assertThat(patience.landHead(other)).isFalse();
    assertThat(patience.landHead(other)).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONGEST_WAIT.dividedBy(2));
    patience.renew();
    began = System.nanoTime();
    assertThat(patience.landHead(other)).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(LONGEST_WAIT);
  }

  @Test
  void aFreedSlotBeyondTheOthersIsUsedAgain() {
    Ring ring = fullRing();
    ring.add(Fixtures.event(SLOTS));
    outcomes.forEach(outcome -> outcome.complete(Fixtures.classified()));
    ring.landFinished();
    for (int i = 0; i < 2 * SLOTS; i++) {
      ring.add(Fixtures.event(i));
      outcomes.get(outcomes.size() - 1).complete(Fixtures.classified());
      ring.landFinished();
    }
    assertThat(ring.size()).isZero();
    ring.add(Fixtures.event(0));
    assertThat(stored()).singleElement().satisfies(e -> assertThat(e.key).isEqualTo(SLOTS));
  }

  @Test
  void whatTheStoreRestoredIsTakenUpInOrderAndBeforeWhatIsNew() {
    Ring first = ring();
    for (int i = 0; i < 3; i++) {
      first.add(Fixtures.event(i));
    }
    outcomes.get(0).complete(Fixtures.classified());
    first.landFinished();
    first.add(Fixtures.event(3));
    submitted.clear();
    Ring second = ring();
    assertThat(second.restore()).isEqualTo(3);
    second.add(Fixtures.event(4));
    assertThat(submitted.stream().map(e -> e.source().offset())).containsExactly(1L, 2L, 3L, 4L);
    assertThat(second.full()).isTrue();
  }

  @Test
  void resultsAndDeadLettersStayInTheTraceOfTheirImage() {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", bytes(trace)).add("tracestate", bytes("vendor=1"));
    images.pipeInput(new TestRecord<>(bytes("camera"), bytes("a"), headers, 1L));
    images.pipeInput(new TestRecord<>(bytes("camera"), bytes("b"), headers, 1L));
    images.pipeInput(bytes("camera"), bytes("without"));
    outcomes.get(0).complete(Fixtures.classified());
    outcomes
        .get(1)
        .complete(new Outcome.Dead(Fixtures.MODEL, FailureReason.UNSUPPORTED_FORMAT, "text"));
    outcomes.get(2).complete(Fixtures.classified());
    look();

    TestRecord<byte[], byte[]> result = results.readRecord();
    assertThat(result.headers().lastHeader("traceparent").value()).isEqualTo(bytes(trace));
    assertThat(result.headers().lastHeader("tracestate").value()).isEqualTo(bytes("vendor=1"));
    assertThat(dead.readRecord().headers().lastHeader("traceparent").value())
        .isEqualTo(bytes(trace));
    assertThat(results.readRecord().headers().lastHeader("traceparent")).isNull();
  }

  @Test
  void whatItCountsAddsUpAtEveryMoment() {
    images.pipeInput(bytes("camera"), bytes("a"));
    images.pipeInput(bytes("other camera"), bytes("b"));
    images.pipeInput(bytes("camera"), bytes("c"));
    assertThat(metrics.text())
        .contains("received_total{model=\"default\"} 3.0")
        .contains("in_flight{model=\"default\"} 3.0");
    outcomes.get(0).complete(Fixtures.classified());
    outcomes
        .get(1)
        .complete(new Outcome.Dead(Fixtures.MODEL, FailureReason.UNSUPPORTED_FORMAT, "text"));
    look();
    assertThat(metrics.text())
        .contains("classified_total{model=\"default\"} 1.0")
        .contains("dead_total{model=\"default\",reason=\"unsupported-format\"} 1.0")
        .contains("in_flight{model=\"default\"} 1.0")
        .contains("ring_slots{model=\"default\"} 4.0")
        .contains(
            "device_images_total{device=\"camera\",model=\"default\",outcome=\"classified\"} 1.0")
        .contains(
            "device_images_total{device=\"other camera\",model=\"default\",outcome=\"dead\"} 1.0")
        .contains("predicted_total{class=\"dog\",model=\"default\",version=\"3\"} 1.0")
        .contains("age_seconds_count{model=\"default\"} 1");
    close();
    assertThat(metrics.text())
        .contains("skipped_total{model=\"default\",reason=\"handed-over\"} 1.0")
        .contains("in_flight{model=\"default\"} 0.0");
  }

  @Test
  void aDeadLetterIsTheRecordAsItCameWithTheReason() {
    images.pipeInput(
        new TestRecord<>(
            bytes("camera"),
            bytes("no image"),
            new RecordHeaders().add("ce_id", bytes("i-1")),
            1234L));
    outcomes
        .get(0)
        .complete(new Outcome.Dead(Fixtures.MODEL, FailureReason.UNSUPPORTED_FORMAT, "text"));
    look();
    TestRecord<byte[], byte[]> letter = dead.readRecord();
    assertThat(letter.key()).isEqualTo(bytes("camera"));
    assertThat(letter.value()).isEqualTo(bytes("no image"));
    assertThat(letter.timestamp()).isEqualTo(1234);
    assertThat(header(letter, EventHeaders.CE_ID)).isEqualTo("i-1");
    assertThat(header(letter, EventHeaders.REASON)).isEqualTo("unsupported-format");
    assertThat(header(letter, EventHeaders.MESSAGE)).isEqualTo("text");
    assertThat(header(letter, EventHeaders.STAGE)).isEqualTo("decode");
    assertThat(header(letter, EventHeaders.MODEL_VERSION)).isEqualTo("3");
    assertThat(header(letter, EventHeaders.SOURCE_TOPIC)).isEqualTo("ocellus.images");
    assertThat(header(letter, EventHeaders.SOURCE_PARTITION)).isEqualTo("0");
    assertThat(header(letter, EventHeaders.SOURCE_OFFSET)).isEqualTo("0");
    assertThat(header(letter, EventHeaders.SOURCE_TIMESTAMP)).isEqualTo("1234");
  }

  @Test
  void aResultIsACloudEventThatSaysWhichVersionMadeIt() throws IOException {
    images.pipeInput(bytes("camera"), bytes("image"));
    outcomes.get(0).complete(Fixtures.classified());
    look();
    TestRecord<byte[], byte[]> result = results.readRecord();
    Classification value = Json.MAPPER.readValue(result.value(), Classification.class);
    assertThat(value.label()).isEqualTo("dog");
    assertThat(value.probability()).isEqualTo(0.75);
    assertThat(value.version()).isEqualTo(3);
    assertThat(value.device()).isEqualTo("camera");
    assertThat(header(result, EventHeaders.CE_TYPE)).isEqualTo("io.ocellus.classification");
    assertThat(header(result, EventHeaders.CE_ID)).isEqualTo("ocellus.images-0-0");
  }

  @Test
  void aFaultThatIsNoImagesStopsTheThreadAndLosesNothing() {
    images.pipeInput(bytes("camera"), bytes("image"));
    outcomes.get(0).completeExceptionally(new IllegalStateException("the disk is gone"));
    assertThatThrownBy(this::look).hasStackTraceContaining("the disk is gone");
    assertThat(stored()).hasSize(1);
  }

  private void sendWithin(Duration limit) {
    long began = System.nanoTime();
    images.pipeInput(bytes("camera"), bytes("image"));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(limit);
  }

  private Ring fullRing() {
    Ring ring = new Ring(store(), SLOTS, this::submit, (flight, outcome) -> {});
    ring.restore();
    while (!ring.full()) {
      ring.add(Fixtures.event(ring.size()));
    }
    return ring;
  }

  private KeyValueStore<Integer, Envelope> store() {
    return driver.getKeyValueStore(ClassifyTopology.IN_FLIGHT);
  }

  private Ring ring() {
    Ring ring = new Ring(store(), SLOTS, this::submit, (flight, outcome) -> {});
    if (submitted.isEmpty() && outcomes.isEmpty()) {
      ring.restore();
    }
    return ring;
  }

  private CompletableFuture<Outcome> submit(ImageEvent event) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    submitted.add(event);
    outcomes.add(outcome);
    return outcome;
  }

  private void look() {
    driver.advanceWallClockTime(Duration.ofMillis(10));
  }

  private List<KeyValue<Integer, Envelope>> stored() {
    List<KeyValue<Integer, Envelope>> entries = new ArrayList<>();
    try (var all = store().all()) {
      all.forEachRemaining(entries::add);
    }
    return entries;
  }

  private List<Long> offsets() throws IOException {
    List<Long> offsets = new ArrayList<>();
    for (byte[] value : results.readValuesToList()) {
      offsets.add(Json.MAPPER.readValue(value, Classification.class).source().offset());
    }
    return offsets;
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return EventHeaders.text(record.headers(), name).orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
