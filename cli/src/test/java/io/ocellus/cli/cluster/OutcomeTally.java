package io.ocellus.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.ocellus.service.Json;
import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts committed outcomes by image, as any consumer would that comes from outside. */
final class OutcomeTally implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final Map<String, Integer> classified = new ConcurrentHashMap<>();
  private final Map<String, Integer> dead = new ConcurrentHashMap<>();
  private final Set<Integer> versions = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::read, "outcomes");

  OutcomeTally(String bootstrapServers, Topics topics) {
    this.topics = topics;
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(topics.classifications(), topics.imagesDead())
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.start();
  }

  /** Images that have an outcome. */
  int settled() {
    return classified.size() + dead.size();
  }

  Map<String, Integer> classified() {
    return classified;
  }

  Map<String, Integer> dead() {
    return dead;
  }

  Set<Integer> versions() {
    return versions;
  }

  private void read() {
    try (consumer) {
      while (true) {
        consumer.poll(Duration.ofMillis(200)).forEach(this::count);
      }
    } catch (WakeupException e) {
      // close() asked for it
    }
  }

  private void count(ConsumerRecord<byte[], byte[]> outcome) {
    if (outcome.topic().equals(topics.imagesDead())) {
      String id =
          EventHeaders.id(
              outcome.headers(), outcome.topic(), outcome.partition(), outcome.offset());
      dead.merge(id, 1, Integer::sum);
      return;
    }
    try {
      JsonNode result = Json.MAPPER.readTree(outcome.value());
      classified.merge(result.get("id").asText(), 1, Integer::sum);
      versions.add(result.get("version").asInt());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
