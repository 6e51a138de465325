package io.ocellus.inferencer;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Refusal;
import io.ocellus.failure.FailureReason;
import io.ocellus.metrics.BoundedLabel;
import io.ocellus.metrics.Meters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the inferencer does, in the words of its domain. The only place that writes an {@link
 * InferencerMetric}.
 */
public final class InferencerMetrics {
  /** What is counted by version is dropped for versions before these: they come without end. */
  private static final int VERSIONS_KEPT = 3;

  private static final int NAMES_KEPT = 50;
  private static final String HANDED_OVER = "handed-over";
  private static final String TOO_LATE = "too-late";
  private static final List<InferencerMetric> BY_VERSION =
      List.of(
          InferencerMetric.LATENCY,
          InferencerMetric.FORWARD,
          InferencerMetric.BATCH_SIZE,
          InferencerMetric.PREDICTED,
          InferencerMetric.PROBABILITY);

  private static final List<Double> SECONDS =
      List.of(.001, .002, .005, .01, .025, .05, .1, .25, .5, 1.0, 2.5, 5.0, 10.0, 30.0);
  private static final List<Double> AGES =
      List.of(.01, .025, .05, .1, .25, .5, 1.0, 2.5, 5.0, 10.0, 60.0, 300.0, 1800.0, 7200.0);
  private static final List<Double> SIZES = List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0);
  private static final List<Double> SHARES =
      List.of(.1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .99, 1.0);

  private final String name;
  private final Meters meters;
  private final ImageAccounts accounts;
  private final BoundedLabel devices = new BoundedLabel(NAMES_KEPT);
  private final BoundedLabel classes = new BoundedLabel(NAMES_KEPT);
  private final AtomicInteger modelsLoaded = new AtomicInteger();
  private final AtomicInteger servingVersion = new AtomicInteger();
  private final AtomicReference<Double> publicationToServing = new AtomicReference<>(0.0);
  private final Deque<Manifest> versions = new ArrayDeque<>();

  /**
   * Declares what is there from the start, so that a rate over the first event is right.
   *
   * @param model name that the versions are counted under
   */
  public InferencerMetrics(PrometheusMeterRegistry registry, String model) {
    this.name = model;
    this.meters = new Meters(registry);
    this.accounts = new ImageAccounts(model);
    for (FailureReason reason : FailureReason.values()) {
      accounts.count(InferencerMetric.DEAD, reason.tag(), 0);
    }
    accounts.count(InferencerMetric.SKIPPED, HANDED_OVER, 0);
    accounts.count(InferencerMetric.SKIPPED, TOO_LATE, 0);
    registry.getPrometheusRegistry().register(accounts);
    meters.counter(InferencerMetric.FORWARD_FAILURES, name);
    meters.counter(InferencerMetric.THREADS_REPLACED, name);
    for (Refusal.Reason reason : Refusal.Reason.values()) {
      meters.counter(InferencerMetric.CHECKPOINTS_REFUSED, name, reason.tag());
    }
    meters.gauge(InferencerMetric.MODELS_LOADED, () -> modelsLoaded, name);
    meters.gauge(InferencerMetric.SERVING_VERSION, () -> servingVersion, name);
    meters.gauge(InferencerMetric.PUBLICATION_TO_SERVING, publicationToServing::get, name);
    meters.histogram(InferencerMetric.AGE, AGES, name);
    meters.histogram(InferencerMetric.FETCH, SECONDS, name);
    meters.histogram(InferencerMetric.DECODE, SECONDS, name);
    meters.histogram(InferencerMetric.SWAP, SECONDS, name);
  }

  /** How far the stream is behind; it is asked when it is read. */
  public void lag(Supplier<Number> records) {
    meters.gauge(InferencerMetric.LAG, records, name);
  }

  /** A task has opened its ring. */
  public void ringOpened(RingView ring) {
    accounts.opened(ring);
  }

  /** A task is gone; what was in its ring is its next owner's. */
  public void ringClosed(RingView ring) {
    accounts.closed(ring, HANDED_OVER);
  }

  /** A queue of images before a stage; it is asked for its length when it is read. */
  public void queue(String stage, Supplier<Number> images) {
    meters.gauge(InferencerMetric.QUEUE, images, name, stage);
  }

  /** Threads that images keep for ever; they are counted when the metric is read. */
  public void threadsLeftBehind(Supplier<Number> threads) {
    meters.gauge(InferencerMetric.THREADS_LEFT_BEHIND, threads, name);
  }

  /** Images have entered a ring. */
  public void received(int images) {
    accounts.count(InferencerMetric.RECEIVED, "", images);
  }

  /** An image has left its ring as a result; the trace that is current becomes the exemplar. */
  public void classified(ClassifiedImage image) {
    accounts.count(InferencerMetric.CLASSIFIED, "", 1);
    String[] version = of(image.model());
    meters
        .counter(InferencerMetric.PREDICTED, name, version[1], classes.of(image.label()))
        .increment();
    meters.histogram(InferencerMetric.PROBABILITY, SHARES, version).observe(image.probability());
    meters.histogram(InferencerMetric.LATENCY, SECONDS, version).observe(seconds(image.latency()));
    meters.histogram(InferencerMetric.AGE, AGES, name).observe(seconds(image.age()));
    left(image.device(), "classified");
  }

  /** An image has left its ring as a dead letter. */
  public void dead(FailureReason reason, @Nullable String device) {
    accounts.count(InferencerMetric.DEAD, reason.tag(), 1);
    left(device, "dead");
  }

  /** An image has left its ring unclassified, past its deadline. */
  public void tooLate(@Nullable String device) {
    accounts.count(InferencerMetric.SKIPPED, TOO_LATE, 1);
    left(device, TOO_LATE);
  }

  private void left(@Nullable String device, String outcome) {
    meters.counter(InferencerMetric.DEVICE_IMAGES, name, devices.of(device), outcome).increment();
  }

  /** A reference was fetched, or given up. */
  public void fetched(Duration took) {
    meters.histogram(InferencerMetric.FETCH, SECONDS, name).observe(seconds(took));
  }

  /** An image was decoded. */
  public void decoded(Duration took) {
    meters.histogram(InferencerMetric.DECODE, SECONDS, name).observe(seconds(took));
  }

  /** A forward pass has succeeded. */
  public void forwarded(Manifest model, int images, Duration took) {
    meters.histogram(InferencerMetric.FORWARD, SECONDS, of(model)).observe(seconds(took));
    meters.histogram(InferencerMetric.BATCH_SIZE, SIZES, of(model)).observe(images);
  }

  /** A forward pass has failed. */
  public void forwardFailed() {
    meters.counter(InferencerMetric.FORWARD_FAILURES, name).increment();
  }

  /** A version was loaded into memory. */
  public void loaded() {
    modelsLoaded.incrementAndGet();
  }

  /** The memory of a version was freed. */
  public void freed() {
    modelsLoaded.decrementAndGet();
  }

  /** A version serves. */
  public synchronized void serving(Manifest model, Duration swap, Duration sincePublication) {
    meters.histogram(InferencerMetric.SWAP, SECONDS, name).observe(seconds(swap));
    servingVersion.set(model.version());
    publicationToServing.set(seconds(sincePublication));
    versions.add(model);
    if (versions.size() > VERSIONS_KEPT) {
      Manifest old = versions.remove();
      BY_VERSION.forEach(metric -> meters.forget(metric, of(old)));
    }
  }

  /** A checkpoint must not serve. */
  public void refused(Refusal refusal) {
    meters.counter(InferencerMetric.CHECKPOINTS_REFUSED, name, refusal.reason().tag()).increment();
  }

  /** A stream thread was replaced. */
  public void threadReplaced() {
    meters.counter(InferencerMetric.THREADS_REPLACED, name).increment();
  }

  private String[] of(Manifest model) {
    return new String[] {name, Integer.toString(model.version())};
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
