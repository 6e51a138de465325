package io.ocellus.trainer.optim;

import java.util.List;

/**
 * How far a run has come before one of its steps: all that a learning rate depends on.
 *
 * @param epoch counted from zero
 * @param epochs of the whole run
 * @param step within the epoch, counted from zero
 * @param steps in an epoch
 * @param losses on the held-out images after each epoch so far
 */
public record Moment(int epoch, int epochs, int step, int steps, List<Double> losses) {
  /** Steps since the run began. */
  long stepsDone() {
    return (long) epoch * steps + step;
  }

  /** Steps of the whole run. */
  long allSteps() {
    return (long) epochs * steps;
  }

  /** The same where a run begins that many epochs later. */
  Moment after(int skipped) {
    return new Moment(
        epoch - skipped,
        epochs - skipped,
        step,
        steps,
        losses.subList(Math.min(skipped, losses.size()), losses.size()));
  }
}
