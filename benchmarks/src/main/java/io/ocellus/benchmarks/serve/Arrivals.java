package io.ocellus.benchmarks.serve;

import io.ocellus.topic.EventHeaders;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads one contender's results, as a user would who wants what is committed. */
final class Arrivals implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KafkaConsumer<byte[], byte[]> consumer;

  Arrivals(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Waits for so many results.
   *
   * @param trouble why no more will come, where that is known
   * @return when each came, as {@link System#nanoTime}, by its image's id, in order
   */
  Map<String, Long> await(int count, Supplier<Optional<String>> trouble) {
    return await(count, trouble, result -> {});
  }

  /** The same, for one who looks at each result's value. */
  Map<String, Long> await(int count, Supplier<Optional<String>> trouble, Consumer<byte[]> results) {
    Map<String, Long> came = new LinkedHashMap<>();
    long last = System.nanoTime();
    while (came.size() < count) {
      var records = consumer.poll(POLL);
      long now = System.nanoTime();
      records.forEach(record -> results.accept(record.value()));
      records.forEach(
          record ->
              EventHeaders.text(record.headers(), EventHeaders.CE_ID)
                  .ifPresent(id -> note(came, id, now)));
      last = records.isEmpty() ? last : now;
      String why =
          trouble.get().orElse(now - last > PATIENCE.toNanos() ? "no result for minutes" : null);
      if (why != null) {
        throw new IllegalStateException(
            "%s, after %d of %d images".formatted(why, came.size(), count));
      }
    }
    return came;
  }

  private static void note(Map<String, Long> came, String id, long now) {
    if (came.putIfAbsent(id, now) != null) {
      throw new IllegalStateException("Image %s has two results".formatted(id));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
