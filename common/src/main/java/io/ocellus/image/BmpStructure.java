package io.ocellus.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOException;

/**
 * Refuses a BMP that wraps a JPEG or PNG: ImageIO would decode that without any look at its size.
 */
final class BmpStructure {
  private static final int HEADER_SIZE = 14;
  private static final int COMPRESSION = 30;
  private static final int OS2_HEADER = 12;
  private static final int JPEG = 4;
  private static final int PNG = 5;
  private static final int MOST_BYTES_PER_PIXEL = 4;

  private BmpStructure() {}

  static DecoderInput check(byte[] bytes) throws IIOException {
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getInt(HEADER_SIZE) != OS2_HEADER) {
      int compression = header.getInt(COMPRESSION);
      if (compression == JPEG || compression == PNG) {
        throw new IIOException("an image inside another");
      }
    }
    return new DecoderInput(bytes, MOST_BYTES_PER_PIXEL);
  }
}
