package io.ocellus.benchmarks.serve.contender;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;

/** Made-up inputs of forward passes. */
final class Tensors {
  private Tensors() {}

  /** So many images of 3 x size x size values in [0,1], outside of the heap. */
  static FloatBuffer images(int images, int size) {
    int values = images * 3 * size * size;
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(values * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    Random random = new Random(1);
    for (int i = 0; i < values; i++) {
      buffer.put(i, random.nextFloat());
    }
    return buffer;
  }
}
