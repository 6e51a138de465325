package io.ocellus.trainer;

import io.micrometer.core.instrument.MeterRegistry;
import io.ocellus.metrics.Meters;
import io.ocellus.metrics.MetricType;
import io.ocellus.trainer.data.Applied;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Counts what the trainer does, in the words of its domain. The only place that writes a {@link
 * TrainerMetric}.
 */
final class TrainerMetrics implements TrainingListener {
  /** Accuracies of versions before these are dropped: versions come without end. */
  private static final int VERSIONS_KEPT = 5;

  private static final List<Duration> SECONDS =
      Stream.of(500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 1_200_000, 3_600_000)
          .map(Duration::ofMillis)
          .toList();

  private final Meters meters;
  private final Map<TrainerMetric, Map<String, AtomicReference<Double>>> gauges =
      new EnumMap<>(TrainerMetric.class);
  private final Deque<String> versions = new ArrayDeque<>();
  private double candidateAccuracy;

  /** Declares what is there from the start, so that a rate over the first event is right. */
  TrainerMetrics(MeterRegistry registry) {
    this.meters = new Meters(registry);
    for (String outcome : new String[] {"stored", "unchanged", "kept-out", "forgotten"}) {
      meters.counter(TrainerMetric.RECORDS, outcome);
    }
    for (String outcome : new String[] {"published", "refused", "failed"}) {
      meters.counter(TrainerMetric.RUNS, outcome);
    }
    meters.counter(TrainerMetric.IMAGES_LEARNED);
    meters.counter(TrainerMetric.BATCH_HALVED);
    for (TrainerMetric metric : TrainerMetric.values()) {
      if (metric.spec().type() == MetricType.GAUGE && metric.spec().labels().isEmpty()) {
        set(metric, 0);
      }
    }
  }

  /** A stretch of the labelled topic is in the store. */
  void applied(Applied applied, long lag, long newLabels) {
    meters.counter(TrainerMetric.RECORDS, "stored").increment(applied.stored());
    meters.counter(TrainerMetric.RECORDS, "unchanged").increment(applied.unchanged());
    meters.counter(TrainerMetric.RECORDS, "kept-out").increment(applied.unusable());
    meters.counter(TrainerMetric.RECORDS, "forgotten").increment(applied.forgotten());
    set(TrainerMetric.LAG, (double) lag);
    set(TrainerMetric.NEW_LABELS, (double) newLabels);
  }

  /** A batch was halved for want of memory. */
  void halved() {
    meters.counter(TrainerMetric.BATCH_HALVED).increment();
  }

  /** Images were learned from. */
  void learned(int images) {
    meters.counter(TrainerMetric.IMAGES_LEARNED).increment(images);
  }

  /** A run ended, whatever became of it. */
  void ended() {
    set(TrainerMetric.RUNNING, 0);
  }

  /** How many labels came since the last run. */
  void newLabels(long newLabels) {
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
      meters.counter(TrainerMetric.RUNS, "refused").increment();
    } else if (event instanceof TrainingEvent.Failed) {
      meters.counter(TrainerMetric.RUNS, "failed").increment();
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
    meters
        .timer(TrainerMetric.EPOCH_DURATION, SECONDS)
        .record(Duration.ofNanos((long) (e.seconds() * 1e9)));
  }

  private void published(TrainingEvent.Published e) {
    meters.counter(TrainerMetric.RUNS, "published").increment();
    set(TrainerMetric.PUBLISHED_VERSION, e.version());
    double accuracy = candidateAccuracy;
    String version = Integer.toString(e.version());
    meters.gauge(TrainerMetric.PUBLISHED_ACCURACY, () -> accuracy, version);
    versions.add(version);
    if (versions.size() > VERSIONS_KEPT) {
      meters.forget(TrainerMetric.PUBLISHED_ACCURACY, versions.remove());
    }
  }

  private synchronized void set(TrainerMetric metric, double value, String... values) {
    gauges
        .computeIfAbsent(metric, m -> new HashMap<>())
        .computeIfAbsent(String.join(",", values), key -> gauge(metric, values))
        .set(value);
  }

  private AtomicReference<Double> gauge(TrainerMetric metric, String... values) {
    AtomicReference<Double> held = new AtomicReference<>(0.0);
    meters.gauge(metric, held::get, values);
    return held;
  }
}
