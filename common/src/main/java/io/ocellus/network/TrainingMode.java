package io.ocellus.network;

/**
 * How a training pass is computed.
 *
 * @param efficientMemory whether layers run a second time on the way back, instead of keeping in
 *     memory what their gradients need; the gradients are the same
 * @param mixedPrecision whether convolutions and matrix products are computed in float16, as {@code
 *     torch.amp} does; the loss has to be scaled then
 */
public record TrainingMode(boolean efficientMemory, boolean mixedPrecision) {
  /** Everything in float32, and kept. */
  public static final TrainingMode PLAIN = new TrainingMode(false, false);
}
