package io.ocellus.image;

import java.nio.ByteBuffer;

/**
 * Which colours a JPEG has, by libjpeg's rules ({@code default_decompress_parms}). Where others
 * guess otherwise, because an Adobe segment (APP14) is missing, contradicts JFIF or has an unknown
 * transform, the JPEG gets one that says it.
 */
final class JpegColours {
  private static final int SIGNATURE = 2;
  private static final int APP0 = 0xffe0;
  private static final int APP14 = 0xffee;
  private static final int SCAN = 0xffda;
  private static final int COMPONENTS = 9;
  private static final String JFIF = "JFIF\0";
  private static final String ADOBE = "Adobe";
  private static final int ADOBE_BYTES = 14;

  /** Where the transform is, from the segment's marker on. */
  private static final int TRANSFORM = 15;

  private static final int NONE = 0;
  private static final int YCBCR = 1;
  private static final int YCCK = 2;

  private final ByteBuffer jpeg;
  private boolean jfif;
  private int adobe = -1;
  private int frame = -1;

  private JpegColours(byte[] bytes) {
    jpeg = ByteBuffer.wrap(bytes);
  }

  /** The same JPEG, or one that says which colours it has. */
  static byte[] explicit(byte[] bytes) {
    JpegColours colours = new JpegColours(bytes);
    colours.readHeader();
    return colours.frame < 0 ? bytes : colours.explicit();
  }

  private void readHeader() {
    int at = SIGNATURE;
    while (at + 4 <= jpeg.limit()) {
      int marker = jpeg.getShort(at) & 0xffff;
      if (marker == 0xffff) {
        at++; // filling
        continue;
      }
      int length = jpeg.getShort(at + 2) & 0xffff;
      if (marker <= 0xff00 || marker == SCAN || at + 2 + length > jpeg.limit()) {
        return;
      }
      read(marker, at, length);
      at += 2 + length;
    }
  }

  private void read(int marker, int at, int length) {
    if (marker == APP0 && Metadata.begins(jpeg, at + 4, JFIF)) {
      jfif = true;
    } else if (marker == APP14 && length >= ADOBE_BYTES && Metadata.begins(jpeg, at + 4, ADOBE)) {
      adobe = at;
    } else if (JpegStructure.isFrame(marker & 0xff) && length > COMPONENTS) {
      frame = at;
    }
  }

  private byte[] explicit() {
    int components = jpeg.get(frame + COMPONENTS) & 0xff;
    if (components == 4) {
      return adobe < 0 ? with(NONE) : says(NONE) ? jpeg.array() : with(YCCK);
    }
    if (components != 3 || (jfif && adobe < 0)) {
      return jpeg.array();
    }
    if (adobe >= 0) {
      return says(NONE) && !jfif ? jpeg.array() : with(YCBCR);
    }
    return isUsual() ? jpeg.array() : with(YCBCR);
  }

  private boolean says(int transform) {
    return jpeg.get(adobe + TRANSFORM) == transform;
  }

  /** Components are named 1, 2, 3 or R, G, B, which every decoder understands. */
  private boolean isUsual() {
    if (frame + COMPONENTS + 9 > jpeg.limit()) {
      return true;
    }
    int first = jpeg.get(frame + COMPONENTS + 1);
    int second = jpeg.get(frame + COMPONENTS + 4);
    int third = jpeg.get(frame + COMPONENTS + 7);
    return (first == 1 && second == 2 && third == 3)
        || (first == 'R' && second == 'G' && third == 'B');
  }

  private byte[] with(int transform) {
    if (adobe >= 0) {
      return says(transform)
          ? jpeg.array()
          : ByteBuffer.wrap(jpeg.array().clone()).put(adobe + TRANSFORM, (byte) transform).array();
    }
    ByteBuffer marked = ByteBuffer.allocate(jpeg.limit() + 2 + ADOBE_BYTES);
    marked.put(jpeg.slice(0, SIGNATURE)).putShort((short) APP14).putShort((short) ADOBE_BYTES);
    for (int i = 0; i < ADOBE.length(); i++) {
      marked.put((byte) ADOBE.charAt(i));
    }
    marked.putShort((short) 100).putInt(0).put((byte) transform);
    return marked.put(jpeg.slice(SIGNATURE, jpeg.limit() - SIGNATURE)).array();
  }
}
