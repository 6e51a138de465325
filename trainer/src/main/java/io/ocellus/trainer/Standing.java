package io.ocellus.trainer;

import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.checkpoint.FencedTrainerException;
import java.time.Duration;

/** Asks now and then whether this trainer still is the one that may publish. */
final class Standing {
  private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();

  private final CheckpointPublisher publisher;
  private long asked = System.nanoTime();

  Standing(CheckpointPublisher publisher) {
    this.publisher = publisher;
  }

  /**
   * Asks, where that was not done for some seconds.
   *
   * @throws FencedTrainerException where another trainer of the model has started
   */
  void check() {
    if (System.nanoTime() - asked > EVERY_NANOS) {
      publisher.ensureNotFenced();
      asked = System.nanoTime();
    }
  }
}
