package io.ocellus.inferencer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Refusal;
import io.ocellus.failure.FailureReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts what the inferencer does, in the words of its domain. The only place that writes an {@link
 * InferencerMetric}.
 */
public final class InferencerMetrics {
  /** Histograms of versions before these are dropped: versions come without end. */
  private static final int VERSIONS_KEPT = 3;

  private static final Duration[] SECONDS = {
    Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
    Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
    Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5),
    Duration.ofSeconds(10), Duration.ofSeconds(30)
  };
  private static final double[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128};

  private final MeterRegistry registry;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger ringSlots = new AtomicInteger();
  private final AtomicInteger modelsLoaded = new AtomicInteger();
  private final AtomicLong servingVersion = new AtomicLong();
  private final AtomicReference<Double> publicationToServing = new AtomicReference<>(0.0);
  private final Deque<Manifest> versions = new ArrayDeque<>();

  /** Declares what is there from the start, so that a rate over the first event is right. */
  public InferencerMetrics(MeterRegistry registry) {
    this.registry = registry;
    counter(InferencerMetric.RECEIVED);
    counter(InferencerMetric.FORWARD_FAILURES);
    counter(InferencerMetric.THREADS_REPLACED);
    counter(InferencerMetric.SKIPPED, "handed-over");
    for (FailureReason reason : FailureReason.values()) {
      counter(InferencerMetric.DEAD, reason.tag());
    }
    for (Refusal.Reason reason : Refusal.Reason.values()) {
      counter(InferencerMetric.CHECKPOINTS_REFUSED, reason.tag());
    }
    gauge(InferencerMetric.IN_FLIGHT, inFlight);
    gauge(InferencerMetric.RING_SLOTS, ringSlots);
    gauge(InferencerMetric.MODELS_LOADED, modelsLoaded);
    timer(InferencerMetric.DECODE);
    timer(InferencerMetric.SWAP);
  }

  /** A task has opened its ring. */
  public void ringOpened(int slots) {
    ringSlots.addAndGet(slots);
  }

  /** A task is gone; what was in its ring is its next owner's. */
  public void ringClosed(int slots, int pending) {
    ringSlots.addAndGet(-slots);
    counter(InferencerMetric.SKIPPED, "handed-over").increment(pending);
    inFlight.addAndGet(-pending);
  }

  /** Images have entered a ring. */
  public void received(int images) {
    counter(InferencerMetric.RECEIVED).increment(images);
    inFlight.addAndGet(images);
  }

  /** An image has left its ring as a result. */
  public void classified(Manifest model, long nanos) {
    counter(InferencerMetric.CLASSIFIED, model.model()).increment();
    inFlight.decrementAndGet();
    timer(InferencerMetric.LATENCY, of(model)).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** An image has left its ring as a dead letter. */
  public void dead(FailureReason reason) {
    counter(InferencerMetric.DEAD, reason.tag()).increment();
    inFlight.decrementAndGet();
  }

  /** An image was read and decoded. */
  public void decoded(long nanos) {
    timer(InferencerMetric.DECODE).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A forward pass has succeeded. */
  public void forwarded(Manifest model, int images, long nanos) {
    timer(InferencerMetric.FORWARD, of(model)).record(nanos, TimeUnit.NANOSECONDS);
    summary(InferencerMetric.BATCH_SIZE, of(model)).record(images);
  }

  /** A forward pass has failed. */
  public void forwardFailed() {
    counter(InferencerMetric.FORWARD_FAILURES).increment();
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
    timer(InferencerMetric.SWAP).record(swap);
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
    counter(InferencerMetric.CLASSIFIED, model);
    gauge(InferencerMetric.SERVING_VERSION, servingVersion, model);
    Gauge.builder(
            InferencerMetric.PUBLICATION_TO_SERVING.prometheusName(), publicationToServing::get)
        .description(InferencerMetric.PUBLICATION_TO_SERVING.help())
        .tags(tags(InferencerMetric.PUBLICATION_TO_SERVING, model))
        .register(registry);
  }

  /** A checkpoint must not serve. */
  public void refused(Refusal refusal) {
    counter(InferencerMetric.CHECKPOINTS_REFUSED, refusal.reason().tag()).increment();
  }

  /** A stream thread was replaced. */
  public void threadReplaced() {
    counter(InferencerMetric.THREADS_REPLACED).increment();
  }

  private void forget(Manifest model) {
    for (InferencerMetric metric :
        List.of(InferencerMetric.LATENCY, InferencerMetric.FORWARD, InferencerMetric.BATCH_SIZE)) {
      registry.find(metric.prometheusName()).tags(tags(metric, of(model))).meters().stream()
          .map(Meter::getId)
          .forEach(registry::remove);
    }
  }

  private static String[] of(Manifest model) {
    return new String[] {model.model(), Integer.toString(model.version())};
  }

  private Counter counter(InferencerMetric metric, String... values) {
    return Counter.builder(metric.prometheusName())
        .description(metric.help())
        .tags(tags(metric, values))
        .register(registry);
  }

  private Timer timer(InferencerMetric metric, String... values) {
    return Timer.builder(metric.prometheusName())
        .description(metric.help())
        .tags(tags(metric, values))
        .serviceLevelObjectives(SECONDS)
        .register(registry);
  }

  private DistributionSummary summary(InferencerMetric metric, String... values) {
    return DistributionSummary.builder(metric.prometheusName())
        .description(metric.help())
        .tags(tags(metric, values))
        .serviceLevelObjectives(SIZES)
        .register(registry);
  }

  private void gauge(InferencerMetric metric, Number value, String... values) {
    Gauge.builder(metric.prometheusName(), value, Number::doubleValue)
        .description(metric.help())
        .tags(tags(metric, values))
        .register(registry);
  }

  private static Tags tags(InferencerMetric metric, String... values) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      tags.add(Tag.of(metric.labels().get(i), values[i]));
    }
    return Tags.of(tags);
  }
}
