package io.ocellus.trainer.data;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the follower asks Kafka about the labelled topic. */
final class LabelledTopic implements AutoCloseable {
  private static final int RECORDS_PER_POLL = 200;

  private final Map<String, Object> kafka;
  private final String name;
  private final Admin admin;

  LabelledTopic(Map<String, String> kafka, String name) {
    this.kafka = new HashMap<>(kafka);
    this.name = name;
    this.admin = Admin.create(this.kafka);
  }

  String name() {
    return name;
  }

  Consumer<String, byte[]> consumer() {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.putIfAbsent("max.poll.records", RECORDS_PER_POLL);
    properties.put("enable.auto.commit", false);
    properties.put("auto.offset.reset", "none");
    properties.put("isolation.level", "read_committed");
    properties.remove("group.id");
    return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** As they are now: what a consumer knows of them may be minutes old. */
  Set<TopicPartition> partitions() {
    return description().partitions().stream()
        .map(info -> new TopicPartition(name, info.partition()))
        .collect(Collectors.toSet());
  }

  /** Kafka's id of this incarnation of the topic. */
  String id() {
    return description().topicId().toString();
  }

  private TopicDescription description() {
    return get(admin.describeTopics(List.of(name)).allTopicNames()).get(name);
  }

  /** How long the topic keeps tombstones. */
  Duration tombstones() {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    String millis =
        get(admin.describeConfigs(List.of(resource)).all())
            .get(resource)
            .get(TopicConfig.DELETE_RETENTION_MS_CONFIG)
            .value();
    return Duration.ofMillis(Long.parseLong(millis));
  }

  static Map<Integer, Long> positions(Consumer<?, ?> consumer) {
    return consumer.assignment().stream()
        .collect(Collectors.toMap(TopicPartition::partition, consumer::position));
  }

  static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
    return offsets.entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().partition(), Map.Entry::getValue));
  }

  static long lag(Consumer<?, ?> consumer) {
    return consumer.assignment().stream()
        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
        .sum();
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }
}
