package io.ocellus.inferencer;

import io.ocellus.metrics.Metric;
import io.ocellus.metrics.MetricSpec;
import io.ocellus.metrics.MetricType;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every metric of the inferencer's own, as Prometheus shows it; each says which {@code model} it is
 * about. {@code received = classified + dead + skipped + in flight}, in each instance, in their sum
 * and in every single scrape.
 */
public enum InferencerMetric implements Metric {
  RECEIVED(
      "ocellus_inferencer_received_total",
      MetricType.COUNTER,
      "Images taken from the topic, or from the state store that another owner of the task left."),
  CLASSIFIED(
      "ocellus_inferencer_classified_total",
      MetricType.COUNTER,
      "Images whose classification was sent."),
  DEAD(
      "ocellus_inferencer_dead_total",
      MetricType.COUNTER,
      "Images sent to the dead-letter topic; docs/failures.md says what to do. Alert when their share rises.",
      "reason"),
  SKIPPED(
      "ocellus_inferencer_skipped_total",
      MetricType.COUNTER,
      "Images given up unclassified. `handed-over`: a task was moved or stopped, and its next owner finds them in the"
          + " state store or in the topic. `too-late`: their deadline had passed, and a record of the classifications topic"
          + " says so. Alert when that rises: too few instances.",
      "reason"),
  LAG(
      "ocellus_inferencer_lag_records",
      MetricType.GAUGE,
      "Records that the partitions of this instance are behind the end of the images topic, as its consumers last heard."
          + " Alert when it grows; what no instance owns is not in it."),
  IN_FLIGHT("ocellus_inferencer_in_flight", MetricType.GAUGE, "Images that wait in the rings."),
  RING_SLOTS(
      "ocellus_inferencer_ring_slots",
      MetricType.GAUGE,
      "Slots of the rings of all tasks here. In flight near this for long: the forward passes are the bottleneck."),
  OLDEST_IN_FLIGHT(
      "ocellus_inferencer_oldest_in_flight_seconds",
      MetricType.GAUGE,
      "How long the oldest image has been in a ring; 0 where they are empty. Alert when it grows: something hangs."),
  QUEUE(
      "ocellus_inferencer_queue_images",
      MetricType.GAUGE,
      "Images that wait for a thread, by `stage`: `fetch`, `decode`, or `forward` (for their batch to close, too)."
          + " The longest queue stands before the bottleneck.",
      "stage"),
  DEVICE_IMAGES(
      "ocellus_inferencer_device_images_total",
      MetricType.COUNTER,
      "Images by device and outcome (`classified`, `dead` or `too-late`): the first 50 devices by name,"
          + " the rest, and images without a key, as `other`. Many `dead` of one device: look at that device.",
      "device",
      "outcome"),
  PREDICTED(
      "ocellus_inferencer_predicted_total",
      MetricType.COUNTER,
      "Classifications by version and most probable class: the first 50 classes by name, the rest as `other`."
          + " A mix that drifts: the images have changed, or the model has.",
      "version",
      "class"),
  PROBABILITY(
      "ocellus_inferencer_probability",
      MetricType.HISTOGRAM,
      "Probability of the most probable class. A median that falls: images that the model has not learned.",
      "version"),
  LATENCY(
      "ocellus_inferencer_latency_seconds",
      MetricType.HISTOGRAM,
      "From taking an image up to sending its classification. Exemplars name the traces of images that have one.",
      "version"),
  AGE(
      "ocellus_inferencer_age_seconds",
      MetricType.HISTOGRAM,
      "From the timestamp of an image's record to sending its classification: latency and waiting in the topic."),
  FETCH(
      "ocellus_inferencer_fetch_seconds",
      MetricType.HISTOGRAM,
      "Fetching what one reference leads to, with all attempts."),
  DECODE(
      "ocellus_inferencer_decode_seconds",
      MetricType.HISTOGRAM,
      "Decoding and resizing one image."),
  FORWARD(
      "ocellus_inferencer_forward_seconds",
      MetricType.HISTOGRAM,
      "One forward pass over a batch.",
      "version"),
  BATCH_SIZE(
      "ocellus_inferencer_batch_size",
      MetricType.HISTOGRAM,
      "Images in a batch. Under load at batch.max-size, on a CPU at 4 or 8 at most; less where many"
          + " cores share what waits; 1 when idle.",
      "version"),
  FORWARD_FAILURES(
      "ocellus_inferencer_forward_failures_total",
      MetricType.COUNTER,
      "Forward passes that failed and were tried again by halves."),
  SERVING_VERSION(
      "ocellus_inferencer_serving_version",
      MetricType.GAUGE,
      "The version that serves; 0 until the first is warm."),
  MODELS_LOADED(
      "ocellus_inferencer_models_loaded",
      MetricType.GAUGE,
      "Versions in memory: one, and for moments after a swap two. More for long is a leak."),
  CHECKPOINTS_REFUSED(
      "ocellus_inferencer_checkpoints_refused_total",
      MetricType.COUNTER,
      "Checkpoints that must not serve; the version before goes on. Alert when this rises.",
      "reason"),
  SWAP(
      "ocellus_inferencer_swap_seconds",
      MetricType.HISTOGRAM,
      "Loading, warming up and swapping in one version, beside the stream."),
  PUBLICATION_TO_SERVING(
      "ocellus_inferencer_publication_to_serving_seconds",
      MetricType.GAUGE,
      "How long after its manifest was written to the topic the version began to serve here."),
  THREADS_LEFT_BEHIND(
      "ocellus_inferencer_image_threads_left_behind",
      MetricType.GAUGE,
      "Threads whose decoding of an image has not come back although its time is over; the image is a dead letter. The process ends when they are half of the processors, two at least. Alert when there is one."),
  THREADS_REPLACED(
      "ocellus_inferencer_stream_threads_replaced_total",
      MetricType.COUNTER,
      "Stream threads that died of a fault around them and were replaced. Alert when this keeps rising.");

  @SuppressWarnings("ImmutableEnumChecker") // its list is a copy
  private final MetricSpec spec;

  InferencerMetric(String name, MetricType type, String help, String... labels) {
    List<String> all = Stream.concat(Stream.of("model"), Stream.of(labels)).toList();
    this.spec = new MetricSpec(name, type, help, all);
  }

  @Override
  public MetricSpec spec() {
    return spec;
  }
}
