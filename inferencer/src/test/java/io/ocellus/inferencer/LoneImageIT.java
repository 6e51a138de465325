package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images that come one at a time, with nothing between them, exactly once. */
@Timeout(120)
class LoneImageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String OFFSETS = "__consumer_offsets";

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);
  private final byte[] image = synthetic.png(synthetic.classes().get(0), 1);
  private Broker kafka;
  private Stream stream;

  @BeforeEach
  void open() {
    kafka = Broker.start();
    stream = new Stream(kafka.bootstrapServers(), "lone", folder);
    stream.publish(TestModel.of(32, "cat", "dog", "owl"));
  }

  @AfterEach
  void close() {
    stream.close();
    kafka.close();
  }

  @Test
  void eachIsCommittedLongBeforeTheCommitInterval() {
    stream.with("kafka.commit.interval.ms", "50000");
    try (Inferencer inferencer = started()) {
      for (int sent = 1; sent <= 3; sent++) {
        classifyOne(sent);
      }
      assertThat(inferencer.ready()).isTrue();
    }
  }

  @Test
  void withNothingToDoNothingIsCommitted() throws Exception {
    try (Inferencer inferencer = started()) {
      classifyOne(1);
      await().atMost(PATIENCE).until(() -> commits() == commitsAfter(Duration.ofSeconds(1)));
      classifyOne(2);
      assertThat(inferencer.ready()).isTrue();
    }
  }

  private Inferencer started() {
    Inferencer inferencer = new Inferencer(stream.config());
    inferencer.start();
    await().atMost(PATIENCE).until(inferencer::ready);
    return inferencer;
  }

  private void classifyOne(int soFar) {
    stream.send("camera", image);
    stream.flush();
    await().atMost(PATIENCE).until(() -> Results.of(stream).size() == soFar);
  }

  private long commitsAfter(Duration pause) throws InterruptedException {
    Thread.sleep(pause.toMillis());
    return commits();
  }

  /** How far the groups' offsets reach, markers of transactions included. */
  private long commits() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            new HashMap<>(stream.kafka()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(OFFSETS).stream()
              .map(part -> new TopicPartition(OFFSETS, part.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
