package io.ocellus.metrics;

/** What a metric is in Prometheus. */
public enum MetricType {
  COUNTER("counter"),
  GAUGE("gauge"),
  /** A histogram of seconds. */
  TIMER("histogram"),
  /** A histogram of counts. */
  SUMMARY("histogram");

  private final String prometheus;

  MetricType(String prometheus) {
    this.prometheus = prometheus;
  }

  /** As Prometheus calls it. */
  public String prometheus() {
    return prometheus;
  }
}
