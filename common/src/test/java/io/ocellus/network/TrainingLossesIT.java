package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Test;

/**
 * Training computes what PyTorch computes. In float64, because with these weights the steps of Adam
 * amplify rounding: in float32 PyTorch's own second loss is anything from 2.491 to 2.526, by the
 * number of threads and the processor's instructions.
 */
class TrainingLossesIT {
  /** PyTorch 2.13 in float64. */
  private static final double[] SE_DENSENET_BC_100_12 = {
    2.490198, 2.540097, 2.488456, 2.352858, 2.417039
  };

  @Test
  void fiveStepsOfAdamLoseAsInPyTorch() {
    double[] losses = TrainingLosses.of("se-densenet-bc-100-12", 32, DataType.FLOAT64);
    for (int i = 0; i < losses.length; i++) {
      assertThat(losses[i]).as("loss %d", i).isCloseTo(SE_DENSENET_BC_100_12[i], within(2e-6));
    }
  }

  @Test
  void aFloat32StepStartsAtTheSameLoss() {
    double[] losses = TrainingLosses.of("se-densenet-bc-100-12", 32, DataType.FLOAT32);
    assertThat(losses[0]).isCloseTo(2.4901977, within(1e-5));
    assertThat(losses[4]).isLessThan(losses[0]);
  }
}
