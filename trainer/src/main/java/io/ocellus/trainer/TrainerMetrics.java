package io.ocellus.trainer;

import ai.djl.Device;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ocellus.metrics.Meters;
import io.ocellus.metrics.MetricType;
import io.ocellus.trainer.data.Applied;
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

  private static final List<Double> SECONDS =
      List.of(.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1200.0, 3600.0);

  private final String name;
  private final Meters meters;
  private final Map<TrainerMetric, Map<String, AtomicReference<Double>>> gauges =
      new EnumMap<>(TrainerMetric.class);
  private final Deque<String> versions = new ArrayDeque<>();
  private double candidateAccuracy;

  /**
   * Declares what is there from the start, so that a rate over the first event is right.
   *
   * @param model name that the versions are counted under
   */
  TrainerMetrics(PrometheusMeterRegistry registry, String model) {
    this.name = model;
    this.meters = new Meters(registry);
    for (String outcome : new String[] {"stored", "unchanged", "kept-out", "forgotten"}) {
      meters.counter(TrainerMetric.RECORDS, name, outcome);
    }
    for (String outcome : new String[] {"published", "refused", "failed"}) {
      meters.counter(TrainerMetric.RUNS, name, outcome);
    }
    meters.histogram(TrainerMetric.EPOCH_DURATION, SECONDS, name);
    meters.counter(TrainerMetric.IMAGES_LEARNED, name);
    meters.counter(TrainerMetric.BATCH_HALVED, name);
    for (TrainerMetric metric : TrainerMetric.values()) {
      if (metric.spec().type() == MetricType.GAUGE && metric.spec().labels().size() == 1) {
        set(metric, 0);
      }
    }
  }

  /** A stretch of the labelled topic is in the store. */
  void applied(Applied applied, long lag, long newLabels) {
    meters.counter(TrainerMetric.RECORDS, name, "stored").increment(applied.stored());
    meters.counter(TrainerMetric.RECORDS, name, "unchanged").increment(applied.unchanged());
    meters.counter(TrainerMetric.RECORDS, name, "kept-out").increment(applied.unusable());
    meters.counter(TrainerMetric.RECORDS, name, "forgotten").increment(applied.forgotten());
    set(TrainerMetric.LAG, (double) lag);
    set(TrainerMetric.NEW_LABELS, (double) newLabels);
  }

  /** A batch was halved for want of memory. */
  void halved() {
    meters.counter(TrainerMetric.BATCH_HALVED, name).increment();
  }

  /** A run trains on that device. */
  void trainsOn(Device device) {
    set(TrainerMetric.GPUS, device.isGpu() ? 1 : 0);
  }

  /** Images were learned from. */
  void learned(int images) {
    meters.counter(TrainerMetric.IMAGES_LEARNED, name).increment(images);
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
      evaluated(e);
    } else if (event instanceof TrainingEvent.Published e) {
      published(e);
    } else if (event instanceof TrainingEvent.Refused) {
      meters.counter(TrainerMetric.RUNS, name, "refused").increment();
    } else if (event instanceof TrainingEvent.Failed) {
      meters.counter(TrainerMetric.RUNS, name, "failed").increment();
    } else if (event instanceof TrainingEvent.Waiting) {
      set(TrainerMetric.WAITING, 1);
    }
  }

  private void evaluated(TrainingEvent.Evaluated e) {
    candidateAccuracy = e.candidate().accuracy();
    set(TrainerMetric.GATE_ACCURACY, candidateAccuracy, "candidate");
    if (e.serving() != null) {
      set(TrainerMetric.GATE_ACCURACY, e.serving().accuracy(), "serving");
    }
  }

  private void epoch(TrainingEvent.Epoch e) {
    set(TrainerMetric.EPOCH, e.epoch());
    set(TrainerMetric.LEARNING_RATE, e.learningRate());
    set(TrainerMetric.LOSS, e.trainLoss(), "train");
    set(TrainerMetric.LOSS, e.testLoss(), "test");
    set(TrainerMetric.ACCURACY, e.trainAccuracy(), "train");
    set(TrainerMetric.ACCURACY, e.testAccuracy(), "test");
    meters.histogram(TrainerMetric.EPOCH_DURATION, SECONDS, name).observe(e.seconds());
  }

  private void published(TrainingEvent.Published e) {
    meters.counter(TrainerMetric.RUNS, name, "published").increment();
    set(TrainerMetric.PUBLISHED_VERSION, e.version());
    double accuracy = candidateAccuracy;
    String version = Integer.toString(e.version());
    meters.gauge(TrainerMetric.PUBLISHED_ACCURACY, () -> accuracy, name, version);
    versions.add(version);
    if (versions.size() > VERSIONS_KEPT) {
      meters.forget(TrainerMetric.PUBLISHED_ACCURACY, name, versions.remove());
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
    String[] labels = Stream.concat(Stream.of(name), Stream.of(values)).toArray(String[]::new);
    meters.gauge(metric, held::get, labels);
    return held;
  }
}
