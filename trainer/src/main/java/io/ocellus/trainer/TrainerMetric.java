package io.ocellus.trainer;

import io.ocellus.metrics.Metric;
import io.ocellus.metrics.MetricSpec;
import io.ocellus.metrics.MetricType;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every metric of the trainer's own, as Prometheus shows it; each says which {@code model} it is
 * about. Of the labelled records, {@code read = stored + unchanged + kept out + forgotten}.
 */
public enum TrainerMetric implements Metric {
  RECORDS(
      "ocellus_trainer_records_total",
      MetricType.COUNTER,
      "Labelled records read, by what they did: `stored`, `unchanged`, `kept-out` (unreadable or unlabelled; the log"
          + " says why), `forgotten` (tombstones).",
      "outcome"),
  LAG(
      "ocellus_trainer_lag_records",
      MetricType.GAUGE,
      "Offsets that the labelled topic is ahead of the image store."),
  IMAGES(
      "ocellus_trainer_images",
      MetricType.GAUGE,
      "Images of the last run, by side of the split (`train`, `test`).",
      "side"),
  NEW_LABELS(
      "ocellus_trainer_new_labels",
      MetricType.GAUGE,
      "Labels since the last run. Above retrain.after-labels for long: something keeps runs from starting."),
  RUNS(
      "ocellus_trainer_runs_total",
      MetricType.COUNTER,
      "Runs that ended, by outcome: `published`, `refused` (by the gate), `failed`. Alert when failed rises.",
      "outcome"),
  RUNNING("ocellus_trainer_running", MetricType.GAUGE, "1 while a run is under way."),
  WAITING(
      "ocellus_trainer_waiting",
      MetricType.GAUGE,
      "1 while a run is due and the images do not suffice; the log and ocellus.training say what is missing."),
  EPOCH(
      "ocellus_trainer_epoch",
      MetricType.GAUGE,
      "Epoch of the run that ended last, counted from one."),
  LOSS(
      "ocellus_trainer_loss",
      MetricType.GAUGE,
      "Mean cross-entropy of the last epoch, by side of the split.",
      "side"),
  ACCURACY(
      "ocellus_trainer_accuracy",
      MetricType.GAUGE,
      "Share of images that were right in the last epoch, by side of the split.",
      "side"),
  LEARNING_RATE("ocellus_trainer_learning_rate", MetricType.GAUGE, "Of the last epoch."),
  EPOCH_DURATION(
      "ocellus_trainer_epoch_seconds",
      MetricType.HISTOGRAM,
      "Learning and measuring of one epoch."),
  IMAGES_LEARNED(
      "ocellus_trainer_images_learned_total",
      MetricType.COUNTER,
      "Images learned from, over all epochs: its rate is the training speed."),
  BATCH_HALVED(
      "ocellus_trainer_batch_halved_total",
      MetricType.COUNTER,
      "Times that memory ran out and the batch was halved. If it rises at every run, lower training.batch-size."),
  GATE_ACCURACY(
      "ocellus_trainer_gate_accuracy",
      MetricType.GAUGE,
      "Accuracy of the last `candidate` at the gate, and of the `serving` version on the same held-out images.",
      "side"),
  GPUS(
      "ocellus_trainer_gpus",
      MetricType.GAUGE,
      "GPUs that the last run trained on; 0 for none: on a machine that has one, PyTorch does not see it."),
  PUBLISHED_VERSION(
      "ocellus_trainer_published_version",
      MetricType.GAUGE,
      "The version published last; 0 for none."),
  PUBLISHED_ACCURACY(
      "ocellus_trainer_published_accuracy",
      MetricType.GAUGE,
      "Accuracy on the held-out images of the versions published last by this process.",
      "version");

  @SuppressWarnings("ImmutableEnumChecker") // its list is a copy
  private final MetricSpec spec;

  TrainerMetric(String name, MetricType type, String help, String... labels) {
    List<String> all = Stream.concat(Stream.of("model"), Stream.of(labels)).toList();
    this.spec = new MetricSpec(name, type, help, all);
  }

  @Override
  public MetricSpec spec() {
    return spec;
  }
}
