package io.ocellus.metrics;

/**
 * A metric of a service's own. Each service lists its metrics in one enum, from which meters and
 * {@code docs/metrics.md} are made.
 */
public interface Metric {
  /** How Prometheus shows it. */
  MetricSpec spec();
}
