package io.ocellus.image.hostile;

import java.io.ByteArrayOutputStream;

/** Appends bits, the lowest first, as LZW in a GIF and lossless WebP have them. */
final class BitWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long pending;
  private int count;

  BitWriter put(int value, int bits) {
    pending |= (value & ((1L << bits) - 1)) << count;
    count += bits;
    while (count >= Byte.SIZE) {
      bytes.write((int) pending & 0xff);
      pending >>>= Byte.SIZE;
      count -= Byte.SIZE;
    }
    return this;
  }

  /** With zeros up to a whole byte. */
  byte[] bytes() {
    if (count > 0) {
      put(0, Byte.SIZE - count);
    }
    return bytes.toByteArray();
  }
}
