package io.ocellus.cli.data.inspect;

import io.ocellus.cli.data.DataSetException;
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
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the labelled topic holds at this moment, read without a group, so without a trace. */
final class LabelledLog implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int RECORDS_PER_POLL = 50;

  private final String topic;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<TopicPartition, Long> ends;
  private final long size;

  LabelledLog(Map<String, String> kafka, String topic) {
    this.topic = topic;
    Map<String, Object> settings = new HashMap<>();
    settings.put("max.poll.records", RECORDS_PER_POLL);
    settings.putAll(kafka);
    settings.remove("group.id");
    settings.remove("group.instance.id");
    settings.put("enable.auto.commit", "false");
    settings.put("allow.auto.create.topics", "false");
    settings.put("auto.offset.reset", "earliest");
    settings.put("isolation.level", "read_committed");
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    try {
      List<TopicPartition> partitions = partitions();
      ends = consumer.endOffsets(partitions);
      size = sum(ends) - sum(consumer.beginningOffsets(partitions));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Records, or a few more. */
  long size() {
    return size;
  }

  void forEach(Consumer<ConsumerRecord<String, byte[]>> reader) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!atEnd()) {
      ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
      records.forEach(reader);
      if (!records.isEmpty()) {
        deadline = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new DataSetException(
            "Nothing came of %s for %d s; is Kafka still there?"
                .formatted(topic, PATIENCE.toSeconds()));
      }
    }
  }

  private boolean atEnd() {
    return ends.entrySet().stream()
        .allMatch(entry -> consumer.position(entry.getKey()) >= entry.getValue());
  }

  private List<TopicPartition> partitions() {
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      if (!partitions.isEmpty()) {
        return partitions;
      }
    } catch (UnknownTopicOrPartitionException e) {
      throw missing(e);
    }
    throw missing(null);
  }

  private DataSetException missing(Exception cause) {
    return new DataSetException(
        "There is no topic %s; 'ocellus ingest' sends images to it, --prefix names another"
            .formatted(topic),
        cause);
  }

  private static long sum(Map<TopicPartition, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
