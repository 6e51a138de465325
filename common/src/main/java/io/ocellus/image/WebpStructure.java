package io.ocellus.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOException;

/** Checks that a WebP is as long as it says; the decoder would make up what is missing. */
final class WebpStructure {
  private static final int LENGTH = 4;
  private static final int BEFORE_CONTENT = 8;

  private WebpStructure() {}

  static void check(byte[] bytes) throws IIOException {
    long length =
        Integer.toUnsignedLong(
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(LENGTH));
    if (BEFORE_CONTENT + length > bytes.length) {
      throw new IIOException("the data ends too early");
    }
  }
}
