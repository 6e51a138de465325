package io.ocellus.trainer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.ocellus.trainer.data.Applied;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts what the trainer does, in the words of its domain. The only place that writes a {@link
 * TrainerMetric}.
 */
final class TrainerMetrics implements TrainingListener {
  /** Accuracies of versions before these are dropped: versions come without end. */
  private static final int VERSIONS_KEPT = 5;

  private static final Duration[] SECONDS = {
    Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5),
    Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5),
    Duration.ofMinutes(20), Duration.ofHours(1)
  };

  private final MeterRegistry registry;
  private final Map<TrainerMetric, Map<String, AtomicReference<Double>>> gauges =
      new EnumMap<>(TrainerMetric.class);
  private final Deque<Meter> versions = new ArrayDeque<>();
  private double candidateAccuracy;

  /** Declares what is there from the start, so that a rate over the first event is right. */
  TrainerMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (String outcome : new String[] {"stored", "unchanged", "kept-out", "forgotten"}) {
      counter(TrainerMetric.RECORDS, outcome);
    }
    for (String outcome : new String[] {"published", "refused", "failed"}) {
      counter(TrainerMetric.RUNS, outcome);
    }
    counter(TrainerMetric.IMAGES_LEARNED);
    counter(TrainerMetric.BATCH_HALVED);
    for (TrainerMetric metric : TrainerMetric.values()) {
      if (metric.type() == TrainerMetric.Type.GAUGE && metric.labels().isEmpty()) {
        set(metric, 0);
      }
    }
  }

  /** A stretch of the labelled topic is in the store. */
  void applied(Applied applied, long lag, long newLabels) {
    counter(TrainerMetric.RECORDS, "stored").increment(applied.stored());
    counter(TrainerMetric.RECORDS, "unchanged").increment(applied.unchanged());
    counter(TrainerMetric.RECORDS, "kept-out").increment(applied.unusable());
    counter(TrainerMetric.RECORDS, "forgotten").increment(applied.forgotten());
    set(TrainerMetric.LAG, (double) lag);
    set(TrainerMetric.NEW_LABELS, (double) newLabels);
  }

  /** A batch was halved for want of memory. */
  void halved() {
    counter(TrainerMetric.BATCH_HALVED).increment();
  }

  /** Images were learned from. */
  void learned(int images) {
    counter(TrainerMetric.IMAGES_LEARNED).increment(images);
  }

  /** A run ended, whatever became of it. */
  void ended(long newLabels) {
    set(TrainerMetric.RUNNING, 0);
    set(TrainerMetric.NEW_LABELS, (double) newLabels);
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started e) {
      set(TrainerMetric.RUNNING, 1);
      set(TrainerMetric.WAITING, 0);
      set(TrainerMetric.IMAGES, e.trainImages(), "train");
      set(TrainerMetric.IMAGES, e.testImages(), "test");
    } else if (event instanceof TrainingEvent.Epoch e) {
      epoch(e);
    } else if (event instanceof TrainingEvent.Evaluated e) {
      candidateAccuracy = e.candidate().accuracy();
    } else if (event instanceof TrainingEvent.Published e) {
      published(e);
    } else if (event instanceof TrainingEvent.Refused) {
      counter(TrainerMetric.RUNS, "refused").increment();
    } else if (event instanceof TrainingEvent.Failed) {
      counter(TrainerMetric.RUNS, "failed").increment();
    } else if (event instanceof TrainingEvent.Waiting) {
      set(TrainerMetric.WAITING, 1);
    }
  }

  private void epoch(TrainingEvent.Epoch e) {
    set(TrainerMetric.EPOCH, e.epoch());
    set(TrainerMetric.LEARNING_RATE, e.learningRate());
    set(TrainerMetric.LOSS, e.trainLoss(), "train");
    set(TrainerMetric.LOSS, e.testLoss(), "test");
    set(TrainerMetric.ACCURACY, e.trainAccuracy(), "train");
    set(TrainerMetric.ACCURACY, e.testAccuracy(), "test");
    Timer.builder(TrainerMetric.EPOCH_DURATION.prometheusName())
        .description(TrainerMetric.EPOCH_DURATION.help())
        .serviceLevelObjectives(SECONDS)
        .register(registry)
        .record(Duration.ofNanos((long) (e.seconds() * 1e9)));
  }

  private void published(TrainingEvent.Published e) {
    counter(TrainerMetric.RUNS, "published").increment();
    set(TrainerMetric.PUBLISHED_VERSION, e.version());
    double accuracy = candidateAccuracy;
    versions.add(
        Gauge.builder(TrainerMetric.PUBLISHED_ACCURACY.prometheusName(), () -> accuracy)
            .description(TrainerMetric.PUBLISHED_ACCURACY.help())
            .tags(tags(TrainerMetric.PUBLISHED_ACCURACY, Integer.toString(e.version())))
            .register(registry));
    if (versions.size() > VERSIONS_KEPT) {
      registry.remove(versions.remove());
    }
  }

  private Counter counter(TrainerMetric metric, String... values) {
    return Counter.builder(metric.prometheusName())
        .description(metric.help())
        .tags(tags(metric, values))
        .register(registry);
  }

  private synchronized void set(TrainerMetric metric, double value, String... values) {
    gauges
        .computeIfAbsent(metric, m -> new HashMap<>())
        .computeIfAbsent(String.join(",", values), key -> gauge(metric, values))
        .set(value);
  }

  private AtomicReference<Double> gauge(TrainerMetric metric, String... values) {
    AtomicReference<Double> held = new AtomicReference<>(0.0);
    Gauge.builder(metric.prometheusName(), held::get)
        .description(metric.help())
        .tags(tags(metric, values))
        .register(registry);
    return held;
  }

  private static Tags tags(TrainerMetric metric, String... values) {
    Tags tags = Tags.empty();
    for (int i = 0; i < values.length; i++) {
      tags = tags.and(metric.labels().get(i), values[i]);
    }
    return tags;
  }
}
