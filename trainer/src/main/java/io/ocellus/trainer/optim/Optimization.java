package io.ocellus.trainer.optim;

/**
 * How a run moves the parameters of its network.
 *
 * @param optimizer how each parameter moves
 * @param clipNorm gradients are scaled down where together they are longer than this; 0 for never
 * @param headFactor what multiplies the learning rate for the classification head
 * @param freezeBackbone whether everything but the head stays as it is, batch norms' running
 *     statistics too
 */
public record Optimization(
    Optimizer optimizer, float clipNorm, float headFactor, boolean freezeBackbone) {

  /** All parameters alike. */
  public static Optimization with(Optimizer optimizer) {
    return new Optimization(optimizer, 0, 1, false);
  }
}
