package io.ocellus.metrics;

import java.util.List;

/**
 * How Prometheus shows a metric.
 *
 * @param name in base units, counters with {@code _total}; of a histogram without {@code _bucket},
 *     {@code _count} and {@code _sum}
 * @param type what it is
 * @param help what it counts, and what an operator should conclude
 * @param labels names of its labels
 */
public record MetricSpec(String name, MetricType type, String help, List<String> labels) {
  public MetricSpec {
    labels = List.copyOf(labels);
  }
}
