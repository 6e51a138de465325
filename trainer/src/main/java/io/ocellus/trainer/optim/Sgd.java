package io.ocellus.trainer.optim;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Stochastic gradient descent as {@code torch.optim.SGD} without dampening:
 *
 * <pre>
 * g = gradient + weightDecay w,  v = momentum v + g,  w = w - rate (nesterov ? g + momentum v : v)
 * </pre>
 *
 * <p>Momentum and Nesterov's form of it are those of Sutskever et al. 2013, but for the rate, which
 * here scales {@code v} as a whole, as is usual.
 *
 * @param momentum share of the former direction that is kept; 0 for none
 * @param nesterov whether the gradient counts as if taken after the momentum's move
 * @param weightDecay factor of the weight that is added to its gradient; 0 for none
 */
public record Sgd(float momentum, boolean nesterov, float weightDecay) implements Optimizer {
  public Sgd {
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException(
          "training.nesterov needs a training.momentum above 0, such as 0.9");
    }
  }

  @Override
  public List<String> memory() {
    return momentum == 0 ? List.of() : List.of("momentum_buffer");
  }

  @Override
  public void move(NDArray weight, NDArray gradient, List<NDArray> memory, float rate, long step) {
    if (weightDecay != 0) {
      addScaled(gradient, weight, weightDecay);
    }
    if (momentum == 0) {
      addScaled(weight, gradient, -rate);
      return;
    }
    NDArray velocity = memory.get(0);
    velocity.muli(momentum).addi(gradient);
    if (nesterov) {
      addScaled(gradient, velocity, momentum);
    }
    addScaled(weight, nesterov ? gradient : velocity, -rate);
  }

  private static void addScaled(NDArray target, NDArray other, float factor) {
    try (NDArray scaled = other.mul(factor)) {
      target.addi(scaled);
    }
  }
}
