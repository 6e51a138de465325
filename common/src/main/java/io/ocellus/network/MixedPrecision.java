package io.ocellus.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.ocellus.network.graph.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * What PyTorch's {@code autocast} does, for which DJL has no call. Weights stay in float32, and so
 * do their gradients. A cast is an addition to zeros, because gradients do not pass DJL's own.
 */
final class MixedPrecision {
  private MixedPrecision() {}

  /** As {@link Op#run}, each operation in its own precision. */
  static NDArray run(Op op, List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    DataType type =
        op.autocast()
            .type(
                inputs.stream().map(NDArray::getDataType).toList(),
                DataType.FLOAT16,
                DataType.FLOAT32);
    DataType weights = op.autocast().parameters(DataType.FLOAT16, DataType.FLOAT32);
    List<NDArray> casts = new ArrayList<>();
    try {
      return op.run(cast(inputs, type, casts), cast(parameters, weights, casts), training);
    } finally {
      casts.forEach(NDArray::close);
    }
  }

  /** A new array in float32. */
  static NDArray full(NDArray array) {
    return cast(array, DataType.FLOAT32);
  }

  private static List<NDArray> cast(List<NDArray> arrays, DataType type, List<NDArray> casts) {
    List<NDArray> result = new ArrayList<>();
    for (NDArray array : arrays) {
      if (array.getDataType() == type) {
        result.add(array);
      } else {
        NDArray cast = cast(array, type);
        casts.add(cast);
        result.add(cast);
      }
    }
    return result;
  }

  private static NDArray cast(NDArray array, DataType type) {
    return array.getManager().zeros(array.getShape(), type, array.getDevice()).addi(array);
  }
}
