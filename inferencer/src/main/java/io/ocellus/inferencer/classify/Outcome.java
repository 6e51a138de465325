package io.ocellus.inferencer.classify;

import io.ocellus.checkpoint.Manifest;
import io.ocellus.failure.FailureReason;
import java.time.Instant;

/** What became of one image. A bad image is an outcome, never an exception. */
sealed interface Outcome {
  /** The version that was to classify it. */
  Manifest model();

  /**
   * The network has seen it.
   *
   * @param probabilities by class, in the manifest's order
   * @param at when
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Classified(Manifest model, float[] probabilities, Instant at) implements Outcome {
    /** Index of the most probable class. */
    int best() {
      int best = 0;
      for (int i = 1; i < probabilities.length; i++) {
        best = probabilities[i] > probabilities[best] ? i : best;
      }
      return best;
    }

    /** The most probable class. */
    String label() {
      return model.classes().get(best());
    }
  }

  /**
   * Nobody waits for it any more.
   *
   * @param deadline when it was too late
   * @param at when that was noticed
   */
  record Skipped(Manifest model, Instant deadline, Instant at) implements Outcome {}

  /**
   * It cannot be classified.
   *
   * @param message for people
   */
  record Dead(Manifest model, FailureReason reason, String message) implements Outcome {}
}
