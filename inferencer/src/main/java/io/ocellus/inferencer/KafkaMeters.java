package io.ocellus.inferencer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Set;

/** Of the hundreds of meters that Kafka's clients offer, the dozen to act upon. */
final class KafkaMeters {
  private static final String PREFIX = "kafka.";
  private static final Set<String> KEPT =
      Set.of(
          "kafka.stream.failed.stream.threads",
          "kafka.stream.thread.commit.total",
          "kafka.stream.thread.commit.latency.avg",
          "kafka.stream.thread.commit.latency.max",
          "kafka.stream.thread.process.total",
          "kafka.stream.thread.poll.latency.avg",
          "kafka.consumer.fetch.manager.records.lag.max",
          "kafka.consumer.fetch.manager.records.consumed.total",
          "kafka.consumer.fetch.manager.bytes.consumed.total",
          "kafka.consumer.coordinator.rebalance.total",
          "kafka.producer.record.send.total",
          "kafka.producer.record.error.total",
          "kafka.producer.request.latency.avg");

  private KafkaMeters() {}

  /** Keeps the rest of Kafka's meters out of the registry; before any are bound. */
  static void filter(MeterRegistry registry) {
    registry
        .config()
        .meterFilter(
            MeterFilter.deny(
                id -> id.getName().startsWith(PREFIX) && !KEPT.contains(id.getName())));
  }
}
