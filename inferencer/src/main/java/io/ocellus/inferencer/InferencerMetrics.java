package io.ocellus.inferencer;

import io.micrometer.core.instrument.MeterRegistry;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Refusal;
import io.ocellus.failure.FailureReason;
import io.ocellus.metrics.Meters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Counts what the inferencer does, in the words of its domain. The only place that writes an {@link
 * InferencerMetric}.
 */
public final class InferencerMetrics {
  /** Histograms of versions before these are dropped: versions come without end. */
  private static final int VERSIONS_KEPT = 3;

  private static final List<Duration> SECONDS =
      Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000)
          .map(Duration::ofMillis)
          .toList();
  private static final List<Integer> SIZES = List.of(1, 2, 4, 8, 16, 32, 64, 128);

  private final Meters meters;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger ringSlots = new AtomicInteger();
  private final AtomicInteger modelsLoaded = new AtomicInteger();
  private final AtomicLong servingVersion = new AtomicLong();
  private final AtomicReference<Double> publicationToServing = new AtomicReference<>(0.0);
  private final Deque<Manifest> versions = new ArrayDeque<>();

  /** Declares what is there from the start, so that a rate over the first event is right. */
  public InferencerMetrics(MeterRegistry registry) {
    this.meters = new Meters(registry);
    meters.counter(InferencerMetric.RECEIVED);
    meters.counter(InferencerMetric.FORWARD_FAILURES);
    meters.counter(InferencerMetric.THREADS_REPLACED);
    meters.counter(InferencerMetric.SKIPPED, "handed-over");
    for (FailureReason reason : FailureReason.values()) {
      meters.counter(InferencerMetric.DEAD, reason.tag());
    }
    for (Refusal.Reason reason : Refusal.Reason.values()) {
      meters.counter(InferencerMetric.CHECKPOINTS_REFUSED, reason.tag());
    }
    meters.gauge(InferencerMetric.IN_FLIGHT, () -> inFlight);
    meters.gauge(InferencerMetric.RING_SLOTS, () -> ringSlots);
    meters.gauge(InferencerMetric.MODELS_LOADED, () -> modelsLoaded);
    meters.timer(InferencerMetric.FETCH, SECONDS);
    meters.timer(InferencerMetric.DECODE, SECONDS);
    meters.timer(InferencerMetric.SWAP, SECONDS);
  }

  /** A task has opened its ring. */
  public void ringOpened(int slots) {
    ringSlots.addAndGet(slots);
  }

  /** A task is gone; what was in its ring is its next owner's. */
  public void ringClosed(int slots, int pending) {
    ringSlots.addAndGet(-slots);
    meters.counter(InferencerMetric.SKIPPED, "handed-over").increment(pending);
    inFlight.addAndGet(-pending);
  }

  /** Images have entered a ring. */
  public void received(int images) {
    meters.counter(InferencerMetric.RECEIVED).increment(images);
    inFlight.addAndGet(images);
  }

  /** An image has left its ring as a result. */
  public void classified(Manifest model, long nanos) {
    meters.counter(InferencerMetric.CLASSIFIED, model.model()).increment();
    inFlight.decrementAndGet();
    meters.timer(InferencerMetric.LATENCY, SECONDS, of(model)).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** An image has left its ring as a dead letter. */
  public void dead(FailureReason reason) {
    meters.counter(InferencerMetric.DEAD, reason.tag()).increment();
    inFlight.decrementAndGet();
  }

  /** A reference was fetched, or given up. */
  public void fetched(long nanos) {
    meters.timer(InferencerMetric.FETCH, SECONDS).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** An image was decoded. */
  public void decoded(long nanos) {
    meters.timer(InferencerMetric.DECODE, SECONDS).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A forward pass has succeeded. */
  public void forwarded(Manifest model, int images, long nanos) {
    meters.timer(InferencerMetric.FORWARD, SECONDS, of(model)).record(nanos, TimeUnit.NANOSECONDS);
    meters.summary(InferencerMetric.BATCH_SIZE, SIZES, of(model)).record(images);
  }

  /** A forward pass has failed. */
  public void forwardFailed() {
    meters.counter(InferencerMetric.FORWARD_FAILURES).increment();
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
    meters.timer(InferencerMetric.SWAP, SECONDS).record(swap);
    servingVersion.set(model.version());
    publicationToServing.set(sincePublication.toNanos() / 1e9);
    if (versions.isEmpty()) {
      declare(model.model());
    }
    versions.add(model);
    if (versions.size() > VERSIONS_KEPT) {
      forget(versions.remove());
    }
  }

  private void declare(String model) {
    meters.counter(InferencerMetric.CLASSIFIED, model);
    meters.gauge(InferencerMetric.SERVING_VERSION, () -> servingVersion, model);
    meters.gauge(InferencerMetric.PUBLICATION_TO_SERVING, publicationToServing::get, model);
  }

  /** A checkpoint must not serve. */
  public void refused(Refusal refusal) {
    meters.counter(InferencerMetric.CHECKPOINTS_REFUSED, refusal.reason().tag()).increment();
  }

  /** A stream thread was replaced. */
  public void threadReplaced() {
    meters.counter(InferencerMetric.THREADS_REPLACED).increment();
  }

  private void forget(Manifest model) {
    for (InferencerMetric metric :
        List.of(InferencerMetric.LATENCY, InferencerMetric.FORWARD, InferencerMetric.BATCH_SIZE)) {
      meters.forget(metric, of(model));
    }
  }

  private static String[] of(Manifest model) {
    return new String[] {model.model(), Integer.toString(model.version())};
  }
}
