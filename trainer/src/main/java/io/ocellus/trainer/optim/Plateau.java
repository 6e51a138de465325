package io.ocellus.trainer.optim;

/**
 * Falls by a factor where the loss on the held-out images has not fallen for more than {@code
 * patience} epochs, as {@code ReduceLROnPlateau}: a fall of less than a ten-thousandth counts for
 * none.
 *
 * @param rate at the start
 * @param factor of each fall
 * @param patience epochs without a lower loss that are let pass
 */
public record Plateau(float rate, float factor, int patience) implements LearningRates {
  private static final double LEAST_FALL = 1e-4;

  @Override
  public float at(Moment moment) {
    double current = rate;
    double best = Double.POSITIVE_INFINITY;
    int waited = 0;
    for (double loss : moment.losses()) {
      if (loss < best * (1 - LEAST_FALL)) {
        best = loss;
        waited = 0;
      } else if (++waited > patience) {
        current *= factor;
        waited = 0;
      }
    }
    return (float) current;
  }
}
