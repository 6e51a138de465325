package io.ocellus.network;

import java.util.Arrays;

/**
 * A named-by-others array of float32 values in C order, as it lies in a state dict.
 *
 * @param shape the extent of each dimension; empty for a scalar
 * @param values the elements, as many as the product of {@code shape}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(long[] shape, float[] values) {
  public Tensor {
    if (values.length != elements(shape)) {
      throw new IllegalArgumentException(
          "A tensor of shape %s holds %d values, not %d"
              .formatted(Arrays.toString(shape), elements(shape), values.length));
    }
  }

  /** The number of elements in an array of this shape. */
  public static int elements(long... shape) {
    return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
  }
}
