package io.ocellus.inferencer.serving;

import io.ocellus.image.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Images side by side as values in [0,1], in memory outside of the heap, where native code reads
 * them without a copy. Until here they are levels: in a heap of up to 2 GiB the values of an image
 * of 224 x 224 would be an array that is humongous to G1, which marks the whole heap for such. Each
 * thread keeps one buffer for as long as it lives.
 */
final class ImageBatch {
  private static final ThreadLocal<ByteBuffer> BUFFER = new ThreadLocal<>();

  private ImageBatch() {}

  /** The images one after the other; valid until this thread asks again. */
  static ByteBuffer of(List<byte[]> images) {
    int values = images.stream().mapToInt(image -> image.length).reduce(0, Math::addExact);
    int bytes = Math.multiplyExact(values, Float.BYTES);
    ByteBuffer buffer = BUFFER.get();
    if (buffer == null || buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      BUFFER.set(buffer);
    }
    buffer.clear().limit(bytes);
    FloatBuffer floats = buffer.asFloatBuffer();
    for (byte[] image : images) {
      for (byte level : image) {
        floats.put(Pixels.value(level));
      }
    }
    return buffer;
  }
}
