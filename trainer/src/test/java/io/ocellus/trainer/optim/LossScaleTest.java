package io.ocellus.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.ocellus.network.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LossScaleTest {
  private final NDManager manager = NDManager.newBaseManager();
  private final LossScale scale = new LossScale();

  @AfterEach
  void free() {
    manager.close();
  }

  @Test
  void gradientsAreThoseOfTheLossItself() {
    NDList gradients = gradients(2 * scale.value());
    assertThat(scale.unscale(gradients)).isTrue();
    assertThat(gradients.get(0).toFloatArray()).containsExactly(1, 2);
  }

  @Test
  void aStepWithInfiniteGradientsIsLeftOutAndTheNextScaleIsHalf() {
    float before = scale.value();
    assertThat(scale.unscale(gradients(Float.POSITIVE_INFINITY))).isFalse();
    assertThat(scale.unscale(gradients(Float.NaN))).isFalse();
    assertThat(scale.value()).isEqualTo(before / 4);
  }

  @Test
  void itGrowsAfterTwoThousandGoodStepsInARow() {
    scale.resume(new Tensor(new long[] {2}, new float[] {8, 1998}));
    scale.unscale(gradients(1));
    assertThat(scale.value()).isEqualTo(8);
    LossScale saved = new LossScale();
    saved.resume(scale.state());
    saved.unscale(gradients(1));
    assertThat(saved.value()).isEqualTo(16);
    assertThat(saved.state().values()).containsExactly(16, 0);
  }

  private NDList gradients(float last) {
    return new NDList(manager.create(new float[] {scale.value(), last}));
  }
}
