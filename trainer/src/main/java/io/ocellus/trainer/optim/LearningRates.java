package io.ocellus.trainer.optim;

/**
 * The learning rate of each step, as PyTorch's {@code lr_scheduler} has them. Each is a function of
 * how far the run has come and remembers nothing, so that a run that goes on after an interruption
 * has the rates that it would have had. Records, so that their text tells them apart.
 */
@FunctionalInterface
public interface LearningRates {
  /** The rate of the step that comes next. */
  float at(Moment moment);

  /** The same from the first step to the last. */
  record Constant(float rate) implements LearningRates {
    @Override
    public float at(Moment moment) {
      return rate;
    }
  }

  /** Multiplied by {@code factor} after every {@code every} epochs, as {@code StepLR}. */
  record Step(float rate, int every, float factor) implements LearningRates {
    @Override
    public float at(Moment moment) {
      return (float) (rate * Math.pow(factor, Math.floorDiv(moment.epoch(), every)));
    }
  }

  /**
   * Half a cosine from {@code rate} down towards zero as {@code CosineAnnealingLR} (Loshchilov and
   * Hutter, SGDR, 2017, equation 5, without restarts).
   *
   * @param rate at the start
   * @param byStep whether it falls from step to step, and not from epoch to epoch
   */
  record Cosine(float rate, boolean byStep) implements LearningRates {
    @Override
    public float at(Moment moment) {
      double done =
          byStep
              ? (double) moment.stepsDone() / moment.allSteps()
              : (double) moment.epoch() / moment.epochs();
      return (float) (rate * 0.5 * (1 + Math.cos(Math.PI * done)));
    }
  }
}
