package io.ocellus.trainer.optim;

import java.util.List;

/**
 * Learning rates that are reached step by step from near zero (Goyal et al. 2017, section 2.2): the
 * first step has one part of as many as there are steps in {@code epochs}, and what comes {@code
 * then} counts from there. As {@code LinearLR} before another in {@code SequentialLR}.
 *
 * @param epochs of warming up
 * @param then the rates that it leads to
 */
public record WarmUp(int epochs, LearningRates then) implements LearningRates {
  @Override
  public float at(Moment moment) {
    if (moment.epoch() >= epochs) {
      return then.at(moment.after(epochs));
    }
    Moment afterwards = new Moment(0, moment.epochs(), 0, moment.steps(), List.of());
    return then.at(afterwards) * (moment.stepsDone() + 1) / ((long) epochs * moment.steps());
  }
}
