package io.ocellus.image.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Appends numbers and text in the byte order of a format. */
final class ByteWriter {
  private static final int MOST = 1 << 25;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteOrder order;

  ByteWriter(ByteOrder order) {
    this.order = order;
  }

  static ByteWriter bigEndian() {
    return new ByteWriter(ByteOrder.BIG_ENDIAN);
  }

  static ByteWriter littleEndian() {
    return new ByteWriter(ByteOrder.LITTLE_ENDIAN);
  }

  ByteWriter u8(int... values) {
    for (int value : values) {
      bytes.write(value);
    }
    return this;
  }

  ByteWriter u16(int... values) {
    for (int value : values) {
      put(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }
    return this;
  }

  ByteWriter u32(int... values) {
    for (int value : values) {
      put(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }
    return this;
  }

  /** Each character as a byte. */
  ByteWriter text(String text) {
    return put(latin(text));
  }

  ByteWriter put(byte[] more) {
    return put(more, 1);
  }

  /** Nothing any more where it is already longer than an image may be. */
  ByteWriter put(byte[] more, int times) {
    for (int i = 0; i < times && bytes.size() < MOST; i++) {
      bytes.writeBytes(more);
    }
    return this;
  }

  int length() {
    return bytes.size();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] joined(byte[] first, byte[] second) {
    return bigEndian().put(first).put(second).bytes();
  }
}
