package io.ocellus.inferencer.classify;

import io.ocellus.inferencer.serving.ServedModel;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A decoded image on its way to a forward pass.
 *
 * @param levels in the frame that the model wants, shape (3, size, size)
 * @param model that it was prepared for and will run on; in use until the outcome is there
 * @param deadline when its outcome would be too late
 * @param outcome to be completed
 */
@SuppressWarnings("ArrayRecordComponent")
record Prepared(
    byte[] levels, ServedModel model, Instant deadline, CompletableFuture<Outcome> outcome) {
  void complete(Outcome value) {
    outcome.complete(value);
    model.release();
  }

  void fail(Throwable fault) {
    outcome.completeExceptionally(fault);
    model.release();
  }
}
