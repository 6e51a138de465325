package io.ocellus.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A registry's meters by {@link Metric}: each is made at its first use, with the values of its
 * labels in the order in which the metric names them.
 */
public final class Meters {
  private final MeterRegistry registry;

  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** The counter with those labels. */
  public Counter counter(Metric metric, String... labels) {
    return Counter.builder(metric.spec().name())
        .description(metric.spec().help())
        .tags(tags(metric, labels))
        .register(registry);
  }

  /** The histogram of durations with those upper bounds and labels. */
  public Timer timer(Metric metric, List<Duration> bounds, String... labels) {
    return Timer.builder(metric.spec().name())
        .description(metric.spec().help())
        .tags(tags(metric, labels))
        .serviceLevelObjectives(bounds.toArray(Duration[]::new))
        .register(registry);
  }

  /** The histogram of counts with those upper bounds and labels. */
  public DistributionSummary summary(Metric metric, List<Integer> bounds, String... labels) {
    return DistributionSummary.builder(metric.spec().name())
        .description(metric.spec().help())
        .tags(tags(metric, labels))
        .serviceLevelObjectives(bounds.stream().mapToDouble(Integer::doubleValue).toArray())
        .register(registry);
  }

  /** The gauge with those labels, which asks for its value when it is read. */
  public Gauge gauge(Metric metric, Supplier<Number> value, String... labels) {
    return Gauge.builder(metric.spec().name(), value)
        .description(metric.spec().help())
        .tags(tags(metric, labels))
        .register(registry);
  }

  /** Takes those meters out of the registry. */
  public void forget(Metric metric, String... labels) {
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
