package io.ocellus.image;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.IIOException;

/** Checks that a PNG's chunks are complete up to its end and as their checksums say. */
final class PngStructure {
  private static final int SIGNATURE = 8;
  private static final int IEND = 0x49454e44;

  private PngStructure() {}

  static void check(byte[] bytes) throws IIOException {
    ByteBuffer chunks = ByteBuffer.wrap(bytes).position(SIGNATURE);
    int type;
    do {
      int length = chunks.getInt();
      if (length < 0 || length > chunks.remaining() - 8) {
        throw new IIOException("the data ends too early");
      }
      CRC32 checksum = new CRC32();
      checksum.update(bytes, chunks.position(), 4 + length);
      type = chunks.getInt();
      chunks.position(chunks.position() + length);
      if (chunks.getInt() != (int) checksum.getValue()) {
        throw new IIOException("the checksum of a chunk is wrong");
      }
    } while (type != IEND);
  }
}
