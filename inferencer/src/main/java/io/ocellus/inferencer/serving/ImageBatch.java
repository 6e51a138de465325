package io.ocellus.inferencer.serving;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Images side by side in memory outside of the heap, where native code reads them without a copy.
 * Each thread keeps one buffer for as long as it lives.
 */
final class ImageBatch {
  private static final ThreadLocal<ByteBuffer> BUFFER = new ThreadLocal<>();

  private ImageBatch() {}

  /** The images one after the other; valid until this thread asks again. */
  static ByteBuffer of(List<float[]> images) {
    int values = images.stream().mapToInt(image -> image.length).reduce(0, Math::addExact);
    int bytes = Math.multiplyExact(values, Float.BYTES);
    ByteBuffer buffer = BUFFER.get();
    if (buffer == null || buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      BUFFER.set(buffer);
    }
    buffer.clear().limit(bytes);
    FloatBuffer floats = buffer.asFloatBuffer();
    images.forEach(floats::put);
    return buffer;
  }
}
