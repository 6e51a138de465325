package io.ocellus.inferencer.classify;

import io.ocellus.inferencer.Classification.Source;
import io.ocellus.inferencer.ClassifiedImage;
import io.ocellus.inferencer.InferencerMetrics;
import io.ocellus.topic.EventTrace;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
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
 */
final class ClassifyProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration BETWEEN_EARLY_COMMITS = Duration.ofMillis(100);

  private final int slots;
  private final Function<ImageEvent, CompletableFuture<Outcome>> classifier;
  private final InferencerMetrics metrics;
  private ProcessorContext<byte[], byte[]> context;
  private Ring ring;

  /**
   * Looks for what is finished, while there is something to look for: a task that is punctuated is
   * committed, be there anything to commit or not.
   */
  private @Nullable Cancellable looks;

  /** Since the last look. */
  private boolean added;

  private long committed;

  ClassifyProcessor(
      int slots,
      Function<ImageEvent, CompletableFuture<Outcome>> classifier,
      InferencerMetrics metrics) {
    this.slots = slots;
    this.classifier = classifier;
    this.metrics = metrics;
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
    metrics.received(ring.restore());
    looks = ring.size() == 0 ? null : scheduleLooks();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ring.landFinished();
    while (ring.full()) {
      ring.landHead();
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

  /**
   * Lands what is finished. Where nothing is left and nothing came, what was landed is committed at
   * once: a lone image does not wait for the commit interval. Where images follow each other
   * closely it does, because a commit holds the stream for as long as several of them take.
   */
  private void look(long now) {
    ring.landFinished();
    if (ring.size() == 0 && !added) {
      if (now - committed >= BETWEEN_EARLY_COMMITS.toMillis()) {
        context.commit();
        committed = now;
      }
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
