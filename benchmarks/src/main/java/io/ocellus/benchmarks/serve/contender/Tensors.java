package io.ocellus.benchmarks.serve.contender;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up inputs of forward passes. */
final class Tensors {
  private Tensors() {}

  /** How many images each of several passes takes, where one takes that many at most. */
  static List<Integer> portions(int images, int most) {
    List<Integer> portions = new ArrayList<>();
    for (int left = images; left > 0; left -= most) {
      portions.add(Math.min(left, most));
    }
    return portions;
  }

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
