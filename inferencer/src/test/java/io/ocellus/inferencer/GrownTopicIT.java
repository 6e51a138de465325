package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.inferencer.InferencerConfig.GroupProtocol;
import io.ocellus.inferencer.classify.ClassifyTopology;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.TopicAdmin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody adds partitions to topics, as the runbook advises where one inferencer is too slow. */
@Timeout(300)
class GrownTopicIT {
  private static final int MORE = 5;
  private static final int MOST = 7;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);
  private final byte[] image = synthetic.png(synthetic.classes().get(0), 1);
  private Broker kafka;
  private Stream stream;
  private int sent;

  @BeforeEach
  void open() {
    kafka = Broker.start();
    stream = new Stream(kafka.bootstrapServers(), "grown", folder);
    stream.publish(TestModel.of(32, "cat", "dog"));
  }

  @AfterEach
  void close() {
    stream.close();
    kafka.close();
  }

  /** By the protocol of KIP-1071 the broker notices before anybody can add partitions. */
  @ParameterizedTest
  @EnumSource
  void partitionsThatAreAddedWhileItRunsAreClassifiedToo(GroupProtocol protocol) throws Exception {
    stream.with("streams.group-protocol", protocol.name().toLowerCase(Locale.ROOT));
    try (Inferencer inferencer = stream.start()) {
      send(Stream.PARTITIONS);
      stream.awaitOutcomes(sent);
      for (int partitions : List.of(MORE, MOST)) {
        grow(stream.topics().images(), partitions);
        grow(stream.topics().classifications(), partitions);
        grow(stream.topics().imagesDead(), partitions);
        send(partitions);
        awaitAll();
      }
      await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(inferencer::ready);
      Scrape scrape = Scrape.of(inferencer.uri(), "/metrics");
      scrape.assertNoneUnaccounted();
      assertThat(scrape.sum("ocellus_inferencer_stream_threads_replaced_total"))
          .as("stream threads that died of the change")
          .isLessThanOrEqualTo(protocol == GroupProtocol.CLASSIC ? 0 : 2);
    }
    assertThat(partitionsOfTheChangelog()).isEqualTo(MOST);
  }

  @Test
  void partitionsThatAreAddedWhileNobodyRunsAreClassifiedTooAndWhatWasInFlightStays()
      throws Exception {
    InferencerProcess process = InferencerProcess.start(stream.settings(), folder.resolve("log"));
    try {
      for (int round = 0; round < 20; round++) {
        send(Stream.PARTITIONS);
      }
      await().atMost(PATIENCE).until(() -> stream.reach() > 0);
    } finally {
      process.close();
    }
    grow(stream.topics().images(), MORE);
    send(MORE);
    try (TopicAdmin admin = new TopicAdmin(stream.kafka())) {
      assertThat(new Changelog(stream.topics(), stream.group()).problem(admin).orElseThrow())
          .contains("has 2 partitions and must have the 5 of grown.images")
          .contains("--alter --topic " + changelog() + " --partitions 5");
    }
    try (Inferencer inferencer = stream.start()) {
      awaitAll();
      assertThat(inferencer.ready()).isTrue();
      Results.of(stream).assertExactlyOnceInOrder(sent);
    } catch (Throwable e) {
      System.out.println(Files.readString(folder.resolve("log")));
      throw e;
    }
  }

  @Test
  void aChangelogThatIsTooLargeIsNamedWithItsRemedy() throws Exception {
    try (Inferencer inferencer = stream.start()) {
      send(Stream.PARTITIONS);
      stream.awaitOutcomes(sent);
      assertThat(inferencer.ready()).isTrue();
    }
    grow(changelog(), MORE);
    try (Inferencer inferencer = stream.start()) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(Scrape.of(inferencer.uri(), "/health/ready").text())
                      .contains("must have the 2 of grown.images")
                      .contains("--delete --topic " + changelog()));
      assertThat(inferencer.ready()).isFalse();
    }
  }

  private void awaitAll() {
    await()
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .until(() -> Results.of(stream).size() >= sent);
    Results.of(stream).assertExactlyOnceInOrder(sent);
  }

  /** Two to each partition, of a device of its own. */
  private void send(int partitions) {
    IntStream.range(0, 2 * partitions)
        .mapToObj(i -> i % partitions)
        .forEach(
            partition ->
                stream.send(
                    new ProducerRecord<>(
                        stream.topics().images(),
                        partition,
                        ("camera-" + partition).getBytes(StandardCharsets.UTF_8),
                        image)));
    sent += 2 * partitions;
    stream.flush();
  }

  private void grow(String topic, int partitions) throws Exception {
    try (Admin admin = Admin.create(new HashMap<>(stream.kafka()))) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
    }
  }

  private String changelog() {
    return ClassifyTopology.changelog(stream.group());
  }

  private int partitionsOfTheChangelog() {
    try (TopicAdmin admin = new TopicAdmin(stream.kafka())) {
      return admin.partitions(List.of(changelog())).get(changelog());
    }
  }
}
