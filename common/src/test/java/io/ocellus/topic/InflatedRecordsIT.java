package io.ocellus.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.testbed.Broker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class InflatedRecordsIT {
  private static final int TOO_LARGE = TopicSpec.MAX_IMAGE_RECORD_BYTES + 1024 * 1024;
  private static final List<TopicSpec> SPECS = TopicSpec.of(new TopicSettings("inflated", 1, -1));
  private static final byte[] KEY = {1};

  @AutoClose private static final Broker KAFKA = brokerWithTopics();

  static Stream<String> topicsThatServicesRead() {
    Topics topics = new Topics("inflated");
    return Stream.of(topics.images(), topics.labelledImages(), topics.checkpoints());
  }

  @ParameterizedTest
  @MethodSource("topicsThatServicesRead")
  void aFewKilobytesThatInflateBeyondTheLimitAreRefused(String topic) {
    try (KafkaProducer<byte[], byte[]> hostile = producer("zstd")) {
      assertThatThrownBy(
              () -> hostile.send(new ProducerRecord<>(topic, KEY, new byte[TOO_LARGE])).get())
          .hasCauseInstanceOf(RecordTooLargeException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
  void imagesOfProducersThatCompressArriveAsTheyWere(String codec) throws Exception {
    byte[] image = new byte[20_000];
    new Random(1).nextBytes(image);
    String topic = new Topics("inflated").images();
    long offset;
    try (KafkaProducer<byte[], byte[]> producer = producer(codec)) {
      offset = producer.send(new ProducerRecord<>(topic, KEY, image)).get().offset();
    }
    assertThat(read(topic, offset).value()).isEqualTo(image);
  }

  private static ConsumerRecord<byte[], byte[]> read(String topic, long offset) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(clients(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seek(partition, offset);
      return consumer.poll(Duration.ofSeconds(20)).iterator().next();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String codec) {
    Map<String, Object> properties = clients();
    properties.put("compression.type", codec);
    properties.put("max.request.size", 2 * TOO_LARGE);
    properties.put("buffer.memory", 2L * TOO_LARGE);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> clients() {
    return new HashMap<>(Map.of("bootstrap.servers", KAFKA.bootstrapServers()));
  }

  private static Broker brokerWithTopics() {
    Broker broker = Broker.start();
    try (TopicAdmin admin =
        new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.ensure(SPECS);
    }
    return broker;
  }
}
