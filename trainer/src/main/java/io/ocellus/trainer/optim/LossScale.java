package io.ocellus.trainer.optim;

import ai.djl.ndarray.NDList;
import io.ocellus.network.Tensor;

/**
 * What a loss is multiplied by, so that small gradients do not vanish in float16: as large as the
 * gradients stay finite with. As PyTorch's {@code GradScaler} with its defaults.
 */
final class LossScale {
  private static final float FIRST = 65_536;
  private static final float GROWTH = 2;
  private static final float BACKOFF = 0.5f;
  private static final int GROWTH_INTERVAL = 2000;

  private float scale = FIRST;
  private int goodSteps;

  float value() {
    return scale;
  }

  /**
   * Divides the gradients by it, and adapts it for the next step.
   *
   * @return whether they are finite; where they are not, the step must be left out
   */
  boolean unscale(NDList gradients) {
    gradients.forEach(gradient -> gradient.divi(scale));
    boolean finite = Float.isFinite(GradientNorm.of(gradients));
    if (!finite) {
      scale *= BACKOFF;
      goodSteps = 0;
    } else if (++goodSteps == GROWTH_INTERVAL) {
      scale *= GROWTH;
      goodSteps = 0;
    }
    return finite;
  }

  /** Of shape (2). */
  Tensor state() {
    return new Tensor(new long[] {2}, new float[] {scale, goodSteps});
  }

  void resume(Tensor state) {
    scale = state.values()[0];
    goodSteps = (int) state.values()[1];
  }
}
