package io.ocellus.trainer.training;

/** Not one epoch of a run came to a loss that is a number. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException() {
    super("The loss is no longer a number: training.learning-rate is too high for this network");
  }
}
