package io.ocellus.metrics;

/** What a metric is in Prometheus. */
public enum MetricType {
  COUNTER("counter"),
  GAUGE("gauge"),
  /** Of the unit that its name ends in; classic and native. */
  HISTOGRAM("histogram");

  private final String prometheus;

  MetricType(String prometheus) {
    this.prometheus = prometheus;
  }

  /** As Prometheus calls it. */
  public String prometheus() {
    return prometheus;
  }
}
