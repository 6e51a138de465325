package io.ocellus.trainer.optim;

/**
 * Smith and Topin's one cycle (2018) as {@code OneCycleLR}, step by step: up from a 25th of the
 * highest rate in the first 30 % of the run, then down to a ten-thousandth of where it began, both
 * along a half cosine. Momentum stays as it is.
 *
 * @param highest rate
 */
public record OneCycle(float highest) implements LearningRates {
  private static final double RISE = 0.3;
  private static final double FIRST = 1.0 / 25;
  private static final double LAST = FIRST / 1e4;

  @Override
  public float at(Moment moment) {
    double top = RISE * moment.allSteps() - 1;
    double step = moment.stepsDone();
    double share =
        step <= top
            ? between(FIRST, 1, step / top)
            : between(1, LAST, (step - top) / (moment.allSteps() - 1 - top));
    return (float) (highest * share);
  }

  private static double between(double from, double to, double done) {
    return to + (from - to) / 2 * (1 + Math.cos(Math.PI * done));
  }
}
