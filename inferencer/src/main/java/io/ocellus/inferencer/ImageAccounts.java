package io.ocellus.inferencer;

import io.ocellus.metrics.MetricSpec;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of images. A scrape reads all of it in one go, so that its samples add up: received =
 * classified + dead + skipped + in flight. In flight is what the rings hold, not a sum of the
 * others; where one is counted wrongly the sides differ.
 */
final class ImageAccounts implements MultiCollector {
  private final String model;
  private final Map<InferencerMetric, Map<String, Long>> counts = new LinkedHashMap<>();
  private final List<RingView> rings = new ArrayList<>();

  ImageAccounts(String model) {
    this.model = model;
    count(InferencerMetric.RECEIVED, "", 0);
    count(InferencerMetric.CLASSIFIED, "", 0);
  }

  /**
   * Counts images.
   *
   * @param label value of the metric's second label; empty where it has none
   */
  synchronized void count(InferencerMetric metric, String label, int images) {
    counts
        .computeIfAbsent(metric, m -> new LinkedHashMap<>())
        .merge(label, (long) images, Long::sum);
  }

  synchronized void opened(RingView ring) {
    rings.add(ring);
  }

  /** Its images are in flight no more, but given up. */
  synchronized void closed(RingView ring, String reason) {
    rings.remove(ring);
    count(InferencerMetric.SKIPPED, reason, ring.size());
  }

  @Override
  public synchronized MetricSnapshots collect() {
    MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    counts.forEach((metric, byLabel) -> snapshots.metricSnapshot(counter(metric, byLabel)));
    int slots = rings.stream().mapToInt(RingView::slots).sum();
    int inFlight = rings.stream().mapToInt(RingView::size).sum();
    Duration oldest =
        rings.stream().map(RingView::oldest).reduce(Duration.ZERO, ImageAccounts::longer);
    return snapshots
        .metricSnapshot(gauge(InferencerMetric.IN_FLIGHT, inFlight))
        .metricSnapshot(gauge(InferencerMetric.RING_SLOTS, slots))
        .metricSnapshot(gauge(InferencerMetric.OLDEST_IN_FLIGHT, oldest.toNanos() / 1e9))
        .build();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private CounterSnapshot counter(InferencerMetric metric, Map<String, Long> byLabel) {
    MetricSpec spec = metric.spec();
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder()
            .name(spec.name().substring(0, spec.name().length() - "_total".length()))
            .help(spec.help());
    byLabel.forEach(
        (value, images) ->
            counter.dataPoint(
                CounterDataPointSnapshot.builder()
                    .labels(labels(spec, value))
                    .value(images)
                    .build()));
    return counter.build();
  }

  private GaugeSnapshot gauge(InferencerMetric metric, double value) {
    return GaugeSnapshot.builder()
        .name(metric.spec().name())
        .help(metric.spec().help())
        .dataPoint(
            GaugeDataPointSnapshot.builder().labels(labels(metric.spec(), "")).value(value).build())
        .build();
  }

  private Labels labels(MetricSpec spec, String value) {
    return spec.labels().size() == 1
        ? Labels.of(spec.labels().get(0), model)
        : Labels.of(spec.labels().get(0), model, spec.labels().get(1), value);
  }
}
