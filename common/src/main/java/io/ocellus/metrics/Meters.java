package io.ocellus.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A registry's meters by {@link Metric}: each is made at its first use, with the values of its
 * labels in the order in which the metric names them. Histograms are Prometheus's own, for
 * Micrometer has no native ones and no exemplars but of the current span.
 */
public final class Meters {
  private final PrometheusMeterRegistry registry;
  private final Map<Metric, Histogram> histograms = new ConcurrentHashMap<>();

  public Meters(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /** The counter with those labels. */
  public Counter counter(Metric metric, String... labels) {
    return Counter.builder(metric.spec().name())
        .description(metric.spec().help())
        .tags(tags(metric, labels))
        .register(registry);
  }

  /**
   * The histogram with those labels, in the unit that its name ends in.
   *
   * @param bounds upper bounds of the classic buckets; native ones need none
   */
  public DistributionDataPoint histogram(Metric metric, List<Double> bounds, String... labels) {
    return histograms.computeIfAbsent(metric, m -> histogram(m, bounds)).labelValues(labels);
  }

  private Histogram histogram(Metric metric, List<Double> bounds) {
    return Histogram.builder()
        .name(metric.spec().name())
        .help(metric.spec().help())
        .labelNames(metric.spec().labels().toArray(String[]::new))
        .classicUpperBounds(bounds.stream().mapToDouble(Double::doubleValue).toArray())
        .register(registry.getPrometheusRegistry());
  }

  /** The gauge with those labels, which asks for its value when it is read. */
  public Gauge gauge(Metric metric, Supplier<Number> value, String... labels) {
    return Gauge.builder(metric.spec().name(), value)
        .description(metric.spec().help())
        .tags(tags(metric, labels))
        .register(registry);
  }

  /** Takes the meter with those labels out of the registry. */
  public void forget(Metric metric, String... labels) {
    if (histograms.containsKey(metric)) {
      histograms.get(metric).remove(labels);
    }
    registry.find(metric.spec().name()).tags(tags(metric, labels)).meters().stream()
        .map(Meter::getId)
        .forEach(registry::remove);
  }

  private static Tags tags(Metric metric, String... values) {
    Tags tags = Tags.empty();
    for (int i = 0; i < values.length; i++) {
      tags = tags.and(metric.spec().labels().get(i), values[i]);
    }
    return tags;
  }
}
