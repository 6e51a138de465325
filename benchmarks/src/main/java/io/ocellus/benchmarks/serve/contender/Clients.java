package io.ocellus.benchmarks.serve.contender;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka clients of peers that are no Kafka Streams. */
final class Clients {
  private Clients() {}

  /** A member of the peer's group, which commits itself what it has done. */
  static KafkaConsumer<byte[], byte[]> consumer(Task task, Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, task.bootstrapServers());
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, task.prefix());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.putAll(more);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static KafkaProducer<byte[], byte[]> producer(Task task) {
    return new KafkaProducer<>(
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, task.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** The record of a result: the image's key and headers, so that it can be told whose it is. */
  static ProducerRecord<byte[], byte[]> result(
      Task task, ConsumerRecord<byte[], byte[]> image, byte[] value) {
    return new ProducerRecord<>(
        task.topics().classifications(), null, image.key(), value, image.headers());
  }
}
