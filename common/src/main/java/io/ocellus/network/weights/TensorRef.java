package io.ocellus.network.weights;

import io.ocellus.network.Tensor;
import java.util.Arrays;

/**
 * A tensor as a pickle describes it: a view of a storage.
 *
 * @param storage where its values lie
 * @param offset of its first value
 * @param shape the extent of each dimension
 * @param strides how far apart neighbours along each dimension lie
 */
@SuppressWarnings("ArrayRecordComponent")
record TensorRef(StorageRef storage, long offset, long[] shape, long[] strides) {

  /** Refuses what reaches beyond its storage or repeats its values. */
  static TensorRef of(StorageRef storage, long offset, long[] shape, long[] strides)
      throws PickleException {
    TensorRef tensor = new TensorRef(storage, offset + storage.offset(), shape, strides);
    if (shape.length != strides.length || !tensor.fits()) {
      throw new PickleException(
          "a tensor of shape %s and strides %s at %d does not fit its storage of %d elements"
              .formatted(
                  Arrays.toString(shape), Arrays.toString(strides), offset, storage.elements()));
    }
    return tensor;
  }

  private boolean fits() {
    try {
      long last = offset;
      long count = 1;
      for (int i = 0; i < shape.length; i++) {
        if (shape[i] < 0 || strides[i] < 0) {
          return false;
        }
        count = Math.multiplyExact(count, shape[i]);
        last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[i] - 1), strides[i]));
      }
      return offset >= 0
          && count <= storage.elements()
          && (count == 0 || last < storage.elements());
    } catch (ArithmeticException e) {
      return false;
    }
  }

  long elements() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** The values in C order, given those of the storage. */
  Tensor tensor(float[] stored) {
    float[] values = new float[Math.toIntExact(elements())];
    long[] at = new long[shape.length];
    long from = offset;
    for (int to = 0; to < values.length; to++) {
      values[to] = stored[(int) from];
      for (int d = shape.length - 1; d >= 0; d--) {
        from += strides[d];
        if (++at[d] < shape[d]) {
          break;
        }
        from -= shape[d] * strides[d];
        at[d] = 0;
      }
    }
    return new Tensor(shape, values);
  }
}
