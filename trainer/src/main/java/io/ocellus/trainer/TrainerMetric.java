package io.ocellus.trainer;

import java.util.List;

/**
 * Every metric of the trainer's own, as Prometheus shows it. Of the labelled records, {@code read =
 * stored + unchanged + kept out + forgotten}.
 */
public enum TrainerMetric {
  RECORDS(
      "ocellus_trainer_records_total",
      Type.COUNTER,
      "Labelled records read, by what they did: `stored`, `unchanged`, `kept-out` (unreadable or unlabelled; the log"
          + " says why), `forgotten` (tombstones).",
      "outcome"),
  LAG(
      "ocellus_trainer_lag_records",
      Type.GAUGE,
      "Offsets that the labelled topic is ahead of the image store."),
  IMAGES(
      "ocellus_trainer_images",
      Type.GAUGE,
      "Images of the last run, by side of the split (`train`, `test`).",
      "side"),
  NEW_LABELS(
      "ocellus_trainer_new_labels",
      Type.GAUGE,
      "Labels since the last run. Above retrain.after-labels for long: something keeps runs from starting."),
  RUNS(
      "ocellus_trainer_runs_total",
      Type.COUNTER,
      "Runs that ended, by outcome: `published`, `refused` (by the gate), `failed`. Alert when failed rises.",
      "outcome"),
  RUNNING("ocellus_trainer_running", Type.GAUGE, "1 while a run is under way."),
  WAITING(
      "ocellus_trainer_waiting",
      Type.GAUGE,
      "1 while a run is due and the images do not suffice; the log and ocellus.training say what is missing."),
  EPOCH("ocellus_trainer_epoch", Type.GAUGE, "Epoch of the run that ended last, counted from one."),
  LOSS(
      "ocellus_trainer_loss",
      Type.GAUGE,
      "Mean cross-entropy of the last epoch, by side of the split.",
      "side"),
  ACCURACY(
      "ocellus_trainer_accuracy",
      Type.GAUGE,
      "Share of images that were right in the last epoch, by side of the split.",
      "side"),
  LEARNING_RATE("ocellus_trainer_learning_rate", Type.GAUGE, "Of the last epoch."),
  EPOCH_DURATION(
      "ocellus_trainer_epoch_seconds", Type.TIMER, "Learning and measuring of one epoch."),
  IMAGES_LEARNED(
      "ocellus_trainer_images_learned_total",
      Type.COUNTER,
      "Images learned from, over all epochs: its rate is the training speed."),
  BATCH_HALVED(
      "ocellus_trainer_batch_halved_total",
      Type.COUNTER,
      "Times that memory ran out and the batch was halved. If it rises at every run, lower training.batch-size."),
  PUBLISHED_VERSION(
      "ocellus_trainer_published_version", Type.GAUGE, "The version published last; 0 for none."),
  PUBLISHED_ACCURACY(
      "ocellus_trainer_published_accuracy",
      Type.GAUGE,
      "Accuracy on the held-out images of the versions published last by this process.",
      "version");

  /** What Prometheus makes of it. */
  public enum Type {
    COUNTER,
    GAUGE,
    /** A histogram of seconds. */
    TIMER;

    /** As Prometheus calls it. */
    public String prometheus() {
      return switch (this) {
        case COUNTER -> "counter";
        case GAUGE -> "gauge";
        case TIMER -> "histogram";
      };
    }
  }

  private final String prometheusName;
  private final Type type;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> labels;

  TrainerMetric(String prometheusName, Type type, String help, String... labels) {
    this.prometheusName = prometheusName;
    this.type = type;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** Name in Prometheus; of a histogram without {@code _bucket}, {@code _count}, {@code _sum}. */
  public String prometheusName() {
    return prometheusName;
  }

  public Type type() {
    return type;
  }

  /** What it counts, and what an operator should conclude. */
  public String help() {
    return help;
  }

  /** Names of its labels. */
  public List<String> labels() {
    return labels;
  }
}
