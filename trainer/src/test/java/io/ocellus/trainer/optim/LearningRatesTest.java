package io.ocellus.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against what PyTorch 2.13 gives, starting from 0.1. */
class LearningRatesTest {
  @Test
  void constantAndStep() {
    assertRates(new LearningRates.Constant(0.1f), 3, 1, 0.1, 0.1, 0.1);
    assertRates(new LearningRates.Step(0.1f, 2, 0.1f), 5, 1, 0.1, 0.1, 0.01, 0.01, 0.001);
  }

  @Test
  void cosineByEpochAndByStep() {
    double[] expected = {0.1, 0.09045085, 0.06545085, 0.03454915, 0.00954915};
    assertRates(new LearningRates.Cosine(0.1f, false), 5, 1, expected);
    assertRates(new LearningRates.Cosine(0.1f, true), 1, 5, expected);
    assertRates(new LearningRates.Cosine(0.1f, false), 2, 2, 0.1, 0.1, 0.05, 0.05);
  }

  @Test
  void warmUpLeadsToWhatFollows() {
    LearningRates rates = new WarmUp(1, new LearningRates.Cosine(0.1f, true));
    assertRates(rates, 2, 4, 0.025, 0.05, 0.075, 0.1, 0.1, 0.085355339, 0.05, 0.014644661);
  }

  @Test
  void plateauFallsWhenTheLossDoesNot() {
    double[] losses = {1, .9, .9, .95, .8, .8, .79999, .9, .9, .9};
    double[] expected = {0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.025, 0.0125};
    Plateau plateau = new Plateau(0.1f, 0.5f, 1);
    List<Double> soFar = new ArrayList<>();
    for (int epoch = 0; epoch < losses.length; epoch++) {
      assertThat((double) plateau.at(new Moment(epoch, 10, 0, 1, soFar)))
          .isCloseTo(expected[epoch], offset(1e-8));
      soFar.add(losses[epoch]);
    }
  }

  @Test
  void oneCycleRisesAndFallsStepByStep() {
    assertRates(
        new OneCycle(0.1f),
        2,
        5,
        0.004,
        0.052,
        0.1,
        0.095048463,
        0.081174565,
        0.061126202,
        0.038874198,
        0.018825835,
        0.004951937,
        4e-7);
  }

  private static void assertRates(LearningRates rates, int epochs, int steps, double... expected) {
    assertThat(expected).hasSize(epochs * steps);
    for (int i = 0; i < expected.length; i++) {
      Moment moment = new Moment(i / steps, epochs, i % steps, steps, List.of());
      assertThat((double) rates.at(moment)).as("step " + i).isCloseTo(expected[i], offset(1e-8));
    }
  }
}
