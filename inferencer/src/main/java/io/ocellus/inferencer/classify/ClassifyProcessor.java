package io.ocellus.inferencer.classify;

import io.ocellus.inferencer.Classification.Source;
import io.ocellus.inferencer.ClassifiedImage;
import io.ocellus.inferencer.InferencerMetrics;
import io.ocellus.topic.EventTrace;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Puts each image of a task into the ring and forwards outcomes in order, to the sink of results or
 * to that of dead letters. While the ring is full the task waits for its head: that is the
 * backpressure.
 *
 * <p>It waits for seconds at most, as {@link Patience} says, and then takes one image more than the
 * ring has slots for: while a task waits its stream thread commits nothing, and a transaction that
 * is not committed in time is aborted.
 */
final class ClassifyProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Duration LOOK = Duration.ofMillis(5);

  private final int slots;
  private final Function<ImageEvent, CompletableFuture<Outcome>> classifier;
  private final InferencerMetrics metrics;
  private final Supplier<CommitPace> paceOfThread;
  private final Supplier<Patience> patienceOfThread;
  private ProcessorContext<byte[], byte[]> context;
  private Ring ring;
  private CommitPace pace;
  private Patience patience;
  private BooleanSupplier mayLand;

  /**
   * Looks for what is finished, while there is something to look for or to commit: a task that is
   * punctuated is committed, be there anything to commit or not.
   */
  private @Nullable Cancellable looks;

  /** Since the last look. */
  private boolean added;

  ClassifyProcessor(
      int slots,
      Function<ImageEvent, CompletableFuture<Outcome>> classifier,
      InferencerMetrics metrics,
      Supplier<CommitPace> paceOfThread,
      Supplier<Patience> patienceOfThread) {
    this.slots = slots;
    this.classifier = classifier;
    this.metrics = metrics;
    this.paceOfThread = paceOfThread;
    this.patienceOfThread = patienceOfThread;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> taskContext) {
    context = taskContext;
    ring =
        new Ring(
            context.getStateStore(ClassifyTopology.IN_FLIGHT),
            slots,
            classifier,
            this::forwardTraced);
    metrics.ringOpened(ring);
    pace = paceOfThread.get();
    patience = patienceOfThread.get();
    mayLand = ring::mayLand;
    pace.opened(mayLand);
    metrics.received(ring.restore());
    looks = ring.size() == 0 ? null : scheduleLooks();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ring.landFinished();
    while (ring.full() && patience.landHead(ring)) {
      pace.queued(context.currentSystemTimeMs());
    }
    ring.add(event(record));
    added = true;
    metrics.received(1);
    if (looks == null) {
      looks = scheduleLooks();
    }
  }

  private Cancellable scheduleLooks() {
    return context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  /** Lands what is finished, and asks for its commit when it is time. */
  private void look(long now) {
    patience.renew();
    ring.landFinished();
    if (pace.due(now)) {
      context.commit();
    }
    if (ring.size() == 0 && !added && !pace.waits()) {
      stopLooking();
    }
    added = false;
  }

  private void stopLooking() {
    if (looks != null) {
      looks.cancel();
      looks = null;
    }
  }

  @Override
  public void close() {
    stopLooking();
    if (ring != null) {
      metrics.ringClosed(ring);
      pace.closed(mayLand);
      ring = null;
    }
  }

  private ImageEvent event(Record<byte[], byte[]> record) {
    RecordMetadata place = context.recordMetadata().orElseThrow();
    return new ImageEvent(
        new Source(place.topic(), place.partition(), place.offset()),
        record.timestamp(),
        record.key(),
        record.value(),
        new RecordHeaders(record.headers().toArray()));
  }

  /** In the image's trace, not in that of the record that is being processed meanwhile. */
  private void forwardTraced(Ring.Flight flight, Outcome outcome) {
    EventTrace.of(flight.event().headers()).wrap(() -> forward(flight, outcome)).run();
  }

  private void forward(Ring.Flight flight, Outcome outcome) {
    ImageEvent event = flight.event();
    pace.landed();
    if (outcome instanceof Outcome.Classified classified) {
      context.forward(OutcomeRecords.result(event, classified), ClassifyTopology.CLASSIFICATIONS);
      metrics.classified(classified(flight, classified));
    } else if (outcome instanceof Outcome.Skipped skipped) {
      context.forward(OutcomeRecords.skip(event, skipped), ClassifyTopology.CLASSIFICATIONS);
      metrics.tooLate(event.device());
    } else if (outcome instanceof Outcome.Dead dead) {
      context.forward(OutcomeRecords.deadLetter(event, dead), ClassifyTopology.IMAGES_DEAD);
      metrics.dead(dead.reason(), event.device());
    }
  }

  private static ClassifiedImage classified(Ring.Flight flight, Outcome.Classified outcome) {
    ImageEvent event = flight.event();
    return new ClassifiedImage(
        outcome.model(),
        event.device(),
        outcome.label(),
        outcome.probabilities()[outcome.best()],
        Duration.ofNanos(System.nanoTime() - flight.began()),
        Duration.ofMillis(Math.max(0, System.currentTimeMillis() - event.timestamp())));
  }
}
