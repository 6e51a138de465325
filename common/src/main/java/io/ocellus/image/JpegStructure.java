package io.ocellus.image;

import java.nio.ByteBuffer;
import javax.imageio.IIOException;

/**
 * Bounds the number of scans of a JPEG, its pixels wherever in it they are announced, and its
 * colour profile. Each scan of a progressive image costs a pass over all its coefficients, so that
 * a small file with thousands of them would keep a thread busy for minutes; encoders write about
 * ten.
 */
final class JpegStructure {
  private static final int MAX_SCANS = 100;
  private static final int SCAN = 0xda;
  private static final int FIRST_FRAME = 0xc0;
  private static final int LAST_FRAME = 0xcf;
  private static final int HUFFMAN_TABLES = 0xc4;
  private static final int EXTENSION = 0xc8;
  private static final int CONDITIONING = 0xcc;
  private static final int APP2 = 0xe2;
  private static final int FRAME_BYTES = 8;

  private JpegStructure() {}

  static void check(byte[] bytes) throws IIOException {
    check(ByteBuffer.wrap(bytes), Long.MAX_VALUE);
  }

  /** The same of a JPEG inside of something else, whose size nobody else looks at. */
  static void check(ByteBuffer jpeg, long maxPixels) throws IIOException {
    int scans = 0;
    for (int i = 1; i < jpeg.limit(); i++) {
      if (jpeg.get(i - 1) == (byte) 0xff) {
        int marker = jpeg.get(i) & 0xff;
        if (marker == SCAN && ++scans > MAX_SCANS) {
          throw new IIOException("more than " + MAX_SCANS + " scans");
        }
        if (marker == APP2) {
          ColourProfile.checkSegment(jpeg, i + 1);
        }
        if (isFrame(marker) && pixels(jpeg, i + 1) > maxPixels) {
          throw new IIOException("a JPEG within it has too many pixels");
        }
      }
    }
  }

  /** Wherever in those bytes a JPEG's colour profile begins. */
  static void checkProfiles(ByteBuffer bytes) throws IIOException {
    for (int i = 1; i < bytes.limit(); i++) {
      if (bytes.get(i - 1) == (byte) 0xff && (bytes.get(i) & 0xff) == APP2) {
        ColourProfile.checkSegment(bytes, i + 1);
      }
    }
  }

  private static boolean isFrame(int marker) {
    return marker >= FIRST_FRAME
        && marker <= LAST_FRAME
        && marker != HUFFMAN_TABLES
        && marker != EXTENSION
        && marker != CONDITIONING;
  }

  /** Of a frame header, as far as it is one: its length tells. */
  private static long pixels(ByteBuffer jpeg, int at) {
    if (at + FRAME_BYTES > jpeg.limit()) {
      return 0;
    }
    int length = jpeg.getShort(at) & 0xffff;
    int components = jpeg.get(at + 7) & 0xff;
    if (length != FRAME_BYTES + 3 * components) {
      return 0;
    }
    return (jpeg.getShort(at + 3) & 0xffffL) * (jpeg.getShort(at + 5) & 0xffff);
  }
}
