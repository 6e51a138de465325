package io.ocellus.cli.demo;

import io.ocellus.inferencer.Skip;
import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.Topics;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads committed results and dead letters as any other consumer would, on its own thread. */
final class ResultReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ResultReader.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final Consumer<Outcome> outcomes;
  private final Thread thread = new Thread(this::read, "demo-results");

  ResultReader(Map<String, String> kafka, Topics topics, Consumer<Outcome> outcomes) {
    this.topics = topics;
    this.outcomes = outcomes;
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", false);
    properties.put("fetch.max.wait.ms", 20);
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(topics.classifications(), topics.imagesDead())
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (consumer) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(POLL)) {
          take(letter);
        }
      }
    } catch (WakeupException e) {
      // close() asked for it
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> letter) {
    if (EventHeaders.text(letter.headers(), EventHeaders.CE_TYPE)
        .filter(Skip.TYPE::equals)
        .isPresent()) {
      return;
    }
    try {
      outcomes.accept(outcome(letter, Instant.now()));
    } catch (UncheckedIOException e) {
      log.warn(
          "{}-{} offset {} is no result: {}",
          letter.topic(),
          letter.partition(),
          letter.offset(),
          e.getMessage());
    }
  }

  private Outcome outcome(ConsumerRecord<byte[], byte[]> letter, Instant now) {
    return letter.topic().equals(topics.imagesDead())
        ? Outcomes.dead(letter, now)
        : Outcomes.classified(letter.value(), now);
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
