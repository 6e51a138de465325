package io.ocellus.cli.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic's first partition from its beginning, without a group. */
final class Reading implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private int seen;

  Reading(Map<String, String> client, String topic) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("default.api.timeout.ms", "10000");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(new TopicPartition(topic, 0)));
  }

  /** How many records were seen by now. */
  int next() {
    seen += consumer.poll(Duration.ofMillis(500)).count();
    return seen;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
