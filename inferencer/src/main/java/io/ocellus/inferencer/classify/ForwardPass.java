package io.ocellus.inferencer.classify;

import io.ocellus.checkpoint.Manifest;
import io.ocellus.failure.FailureReason;
import io.ocellus.inferencer.InferencerMetrics;
import io.ocellus.inferencer.serving.ServedModel;
import io.ocellus.network.Probability;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a batch of one model. A pass that fails is run again by halves until the guilty image is
 * alone. Where the network fails on a black image as well, no image is guilty: the fault is thrown
 * into the stream, which stops and tries again instead of emptying the topic into dead letters.
 */
final class ForwardPass {
  private static final Logger log = LoggerFactory.getLogger(ForwardPass.class);

  private final InferencerMetrics metrics;

  ForwardPass(InferencerMetrics metrics) {
    this.metrics = metrics;
  }

  /** Completes every image of the batch; what is too late by now is skipped. */
  void run(List<Prepared> batch) {
    Instant now = Instant.now();
    Map<Boolean, List<Prepared>> inTime =
        batch.stream().collect(Collectors.partitioningBy(image -> now.isBefore(image.deadline())));
    inTime.get(false).forEach(image -> image.complete(skipped(image, now)));
    if (!inTime.get(true).isEmpty()) {
      pass(inTime.get(true));
    }
  }

  private static Outcome skipped(Prepared image, Instant now) {
    return new Outcome.Skipped(image.model().manifest(), image.deadline(), now);
  }

  private void pass(List<Prepared> batch) {
    try {
      attempt(batch);
    } catch (RuntimeException e) {
      metrics.forwardFailed();
      if (batch.size() == 1) {
        single(batch.get(0), e);
      } else {
        log.warn("A forward pass over {} images failed; trying its halves", batch.size(), e);
        int half = batch.size() / 2;
        pass(batch.subList(0, half));
        pass(batch.subList(half, batch.size()));
      }
    } catch (Error e) {
      batch.forEach(image -> image.fail(e));
    }
  }

  private void attempt(List<Prepared> batch) {
    ServedModel model = batch.get(0).model();
    Manifest manifest = model.manifest();
    long began = System.nanoTime();
    float[][] logits = model.logits(batch.stream().map(Prepared::levels).toList());
    metrics.forwarded(manifest, batch.size(), Duration.ofNanos(System.nanoTime() - began));
    Instant now = Instant.now();
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).complete(outcome(manifest, logits[i], now));
    }
  }

  private static Outcome outcome(Manifest manifest, float[] logits, Instant now) {
    return Probability.finite(logits)
        ? new Outcome.Classified(manifest, Probability.of(logits, manifest.temperature()), now)
        : new Outcome.Dead(
            manifest, FailureReason.FORWARD_FAILED, "The network gives no finite numbers for it");
  }

  private static void single(Prepared image, RuntimeException fault) {
    if (image.model().works()) {
      image.complete(
          new Outcome.Dead(
              image.model().manifest(), FailureReason.FORWARD_FAILED, String.valueOf(fault)));
    } else {
      image.fail(fault);
    }
  }
}
