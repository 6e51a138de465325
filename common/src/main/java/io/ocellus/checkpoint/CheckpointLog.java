package io.ocellus.checkpoint;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The checkpoint topic as one long list of records, read without a consumer group, so that every
 * reader sees all of it and leaves no trace on the broker.
 */
final class CheckpointLog implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Several chunks per fetch. */
  private static final int FETCH_BYTES = 8 * 1024 * 1024;

  /** After a seek, a fetch that waits for news at the end of the log is waited for. */
  private static final int FETCH_WAIT_MS = 100;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;

  private CheckpointLog(Map<String, String> kafka, String topic, String isolation) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("default.api.timeout.ms", "20000");
    settings.put("max.partition.fetch.bytes", FETCH_BYTES);
    settings.put("fetch.max.wait.ms", FETCH_WAIT_MS);
    settings.putAll(kafka);
    settings.remove("group.id");
    settings.remove("group.instance.id");
    settings.put("enable.auto.commit", "false");
    settings.put("allow.auto.create.topics", "false");
    settings.put("auto.offset.reset", "none");
    settings.put("isolation.level", isolation);
    this.partition = new TopicPartition(topic, 0);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
  }

  /** What is committed: records of open or aborted transactions are not there. */
  static CheckpointLog committed(Map<String, String> kafka, String topic) {
    return new CheckpointLog(kafka, topic, "read_committed");
  }

  /** Where the log ends when open transactions count too. */
  static long uncommittedEnd(Map<String, String> kafka, String topic) {
    try (CheckpointLog log = new CheckpointLog(kafka, topic, "read_uncommitted")) {
      return log.end();
    }
  }

  boolean exists() {
    return !consumer.partitionsFor(partition.topic()).isEmpty();
  }

  /** The offset after the last record that can be read now. */
  long end() {
    return consumer.endOffsets(List.of(partition)).get(partition);
  }

  void seekToBeginning() {
    consumer.seekToBeginning(List.of(partition));
  }

  void seek(long offset) {
    consumer.seek(partition, offset);
  }

  /** Whether everything that can be read now has been. */
  boolean isAtEnd() {
    return consumer.position(partition) >= end();
  }

  /** Waits a moment for more records. */
  ConsumerRecords<byte[], byte[]> poll() {
    return consumer.poll(POLL);
  }

  /**
   * Reads on until that offset.
   *
   * @param patience how long nothing may come before this is given up
   */
  void readTo(long end, Duration patience, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (consumer.position(partition) < end) {
      ConsumerRecords<byte[], byte[]> records = poll();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (record.offset() < end) {
          reader.accept(record);
        }
      }
      if (!records.isEmpty()) {
        deadline = System.nanoTime() + patience.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new CheckpointException(
            "Nothing came of %s at offset %d of %d for %d s"
                .formatted(partition, consumer.position(partition), end, patience.toSeconds()));
      }
    }
  }

  /** Makes a thread that waits in this log throw {@code WakeupException}. */
  void wakeup() {
    consumer.wakeup();
  }

  /** At once: there is no group to leave, and a fetch that waits for news needs no answer. */
  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
