package io.ocellus.network.weights;

import io.ocellus.network.Tensor;
import java.util.SplittableRandom;

/**
 * How a new head starts: weights uniform in {@code ±sqrt(6 / (fan_in + fan_out))}, biases zero
 * (Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural
 * networks", equation 16).
 */
final class Xavier {
  private Xavier() {}

  /**
   * @param shape of a weight, outputs first, or of a bias
   */
  static Tensor uniform(long[] shape, SplittableRandom random) {
    float[] values = new float[Tensor.elements(shape)];
    if (shape.length >= 2) {
      double window = (double) values.length / (shape[0] * shape[1]);
      double bound = Math.sqrt(6 / (window * (shape[0] + shape[1])));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble(-bound, bound);
      }
    }
    return new Tensor(shape, values);
  }
}
