package io.ocellus.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where JPEG and WebP keep what is not the picture. Unchecked where the bytes end too early. */
final class Metadata {
  private static final int JPEG_APP1 = 0xffe1;
  private static final int JPEG_SCAN = 0xffda;
  private static final int RIFF_CHUNKS = 12;

  private Metadata() {}

  /** What follows that prefix in the first APP1 segment that begins with it. */
  static Optional<ByteBuffer> jpegApp1(byte[] bytes, String prefix) {
    ByteBuffer jpeg = ByteBuffer.wrap(bytes);
    int at = 2;
    while (true) {
      int marker = jpeg.getShort(at) & 0xffff;
      if (marker == 0xffff) {
        at++; // filling
        continue;
      }
      if (marker <= 0xff00 || marker == JPEG_SCAN) {
        return Optional.empty();
      }
      int length = jpeg.getShort(at + 2) & 0xffff;
      if (marker == JPEG_APP1 && begins(jpeg, at + 4, prefix)) {
        int begin = at + 4 + prefix.length();
        return Optional.of(jpeg.slice(begin, at + 2 + length - begin));
      }
      at += 2 + length;
    }
  }

  /** The first chunk of that type. */
  static Optional<ByteBuffer> riffChunk(byte[] bytes, int type) {
    ByteBuffer riff = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = RIFF_CHUNKS;
    while (at + 8 <= riff.limit()) {
      int length = riff.getInt(at + 4);
      if (length < 0) {
        return Optional.empty();
      }
      if (riff.getInt(at) == type) {
        return Optional.of(riff.slice(at + 8, length));
      }
      at = Math.addExact(at, Math.addExact(8, Math.addExact(length, length & 1)));
    }
    return Optional.empty();
  }

  static boolean begins(ByteBuffer bytes, int at, String prefix) {
    return at + prefix.length() <= bytes.limit()
        && bytes
            .slice(at, prefix.length())
            .equals(ByteBuffer.wrap(prefix.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
