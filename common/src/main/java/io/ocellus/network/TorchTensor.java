package io.ocellus.network;

/**
 * A tensor as an archive holds it: values in memory order, and the strides that say which order.
 *
 * @param type of the elements in the archive
 * @param shape the extent of each dimension
 * @param strides how far apart neighbours along each dimension lie
 * @param values in memory order
 */
@SuppressWarnings("ArrayRecordComponent")
record TorchTensor(ElementType type, long[] shape, long[] strides, float[] values) {

  /** Kernels of convolutions channels-last, all else in C order. */
  static TorchTensor of(Tensor tensor, ElementType type) {
    long[] shape = tensor.shape();
    return shape.length == 4
        ? channelsLast(type, shape, tensor.values())
        : new TorchTensor(type, shape, cOrder(shape), tensor.values());
  }

  private static long[] cOrder(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    return strides;
  }

  private static TorchTensor channelsLast(ElementType type, long[] shape, float[] values) {
    int outer = (int) shape[0];
    int channels = (int) shape[1];
    int pixels = (int) (shape[2] * shape[3]);
    float[] moved = new float[values.length];
    int at = 0;
    for (int o = 0; o < outer; o++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        for (int c = 0; c < channels; c++) {
          moved[at++] = values[(o * channels + c) * pixels + pixel];
        }
      }
    }
    long row = shape[3] * channels;
    return new TorchTensor(type, shape, new long[] {shape[2] * row, 1, row, channels}, moved);
  }

  byte[] littleEndian() {
    return type.encode(values).array();
  }
}
