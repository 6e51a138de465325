package io.ocellus.trainer.training;

/** The learning rate of each epoch of a run, counted from zero. */
@FunctionalInterface
public interface LearningRates {
  /** The rate that Adam takes throughout that epoch. */
  float of(int epoch);

  /** The same from the first epoch to the last. */
  static LearningRates constant(float rate) {
    return epoch -> rate;
  }

  /** Multiplied by {@code factor} after every {@code every} epochs, as PyTorch's StepLR. */
  static LearningRates step(float rate, int every, float factor) {
    return epoch -> (float) (rate * Math.pow(factor, Math.floorDiv(epoch, every)));
  }

  /**
   * Half a cosine from {@code rate} down towards zero (Loshchilov and Hutter, SGDR, 2017, equation
   * 5, without restarts).
   */
  static LearningRates cosine(float rate, int epochs) {
    return epoch -> (float) (rate * 0.5 * (1 + Math.cos(Math.PI * epoch / epochs)));
  }
}
