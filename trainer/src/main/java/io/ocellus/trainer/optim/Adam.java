package io.ocellus.trainer.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) as {@code torch.optim.Adam}, and AdamW (Loshchilov and
 * Hutter 2019, algorithm 2) as {@code torch.optim.AdamW}: there the weight decays by {@code rate *
 * weightDecay} beside the step, where Adam adds it to the gradient and then divides it by the
 * gradient's size.
 *
 * @param beta1 share of the former mean gradient that is kept
 * @param beta2 share of the former mean squared gradient that is kept
 * @param epsilon added to the root of the corrected mean squared gradient
 * @param weightDecay how much weights shrink; 0 for not at all
 * @param decoupled whether this is AdamW
 */
public record Adam(float beta1, float beta2, float epsilon, float weightDecay, boolean decoupled)
    implements Optimizer {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  /** Adam with PyTorch's figures. */
  public static Adam coupled(float weightDecay) {
    return new Adam(BETA1, BETA2, EPSILON, weightDecay, false);
  }

  /** AdamW with PyTorch's figures, but for the decay, which is 0.01 there. */
  public static Adam decoupled(float weightDecay) {
    return new Adam(BETA1, BETA2, EPSILON, weightDecay, true);
  }

  @Override
  public List<String> memory() {
    return List.of("exp_avg", "exp_avg_sq");
  }

  /**
   * DJL's operation adds epsilon to the uncorrected root and leaves the correction to the rate; an
   * epsilon that is scaled as the root is makes the two the same.
   */
  @Override
  public void move(NDArray weight, NDArray gradient, List<NDArray> memory, float rate, long step) {
    double root = Math.sqrt(1 - Math.pow(beta2, (double) step));
    double corrected = rate * root / (1 - Math.pow(beta1, (double) step));
    weight
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(weight, gradient, memory.get(0), memory.get(1)),
            new NDList(weight),
            rate,
            (float) corrected,
            weightDecay,
            1f,
            -1f,
            beta1,
            beta2,
            (float) (epsilon * root),
            true,
            decoupled);
  }
}
