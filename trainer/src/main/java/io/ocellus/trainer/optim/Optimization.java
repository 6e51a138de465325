package io.ocellus.trainer.optim;

/**
 * How a run moves the parameters of its network.
 *
 * @param optimizer how each parameter moves
 * @param clipNorm gradients are scaled down where together they are longer than this; 0 for never
 * @param headFactor what multiplies the learning rate for the classification head
 * @param freezeBackbone whether everything but the head stays as it is, batch norms' running
 *     statistics too
 * @param averageDecay share of the former average of the weights that a step leaves; 0 for none,
 *     and the weights as they are count
 */
public record Optimization(
    Optimizer optimizer,
    float clipNorm,
    float headFactor,
    boolean freezeBackbone,
    float averageDecay) {

  /** All parameters alike. */
  public static Optimization with(Optimizer optimizer) {
    return new Optimization(optimizer, 0, 1, false, 0);
  }
}
