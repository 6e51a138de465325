package io.ocellus.image;

import static io.ocellus.image.Structure.require;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.IIOException;

/**
 * Walks through the segments of a JPEG up to its end: bounds the number of segments and scans, its
 * pixels, and its colour profile. Each scan of a progressive image costs a pass over all its
 * coefficients, so that a small file with thousands of them would keep a thread busy for minutes;
 * encoders write about ten. What follows the end, such as a phone's film, is left out.
 */
final class JpegStructure {
  private static final int MAX_SCANS = 100;

  /** Of scans and pixels: ten scans of 50 million pixels, or a hundred of 5 million. */
  private static final long MAX_SCANNED_PIXELS = 600_000_000;

  private static final int MAX_SEGMENTS = 10_000;

  /** Huffman and quantisation tables: some for each scan. */
  private static final int MAX_TABLES = 200;

  private static final int SIGNATURE = 2;
  private static final int TEMPORARY = 0x01;
  private static final int FIRST_FRAME = 0xc0;
  private static final int LAST_FRAME = 0xcf;
  private static final int HUFFMAN_TABLES = 0xc4;
  private static final int EXTENSION = 0xc8;
  private static final int QUANTISATION_TABLES = 0xdb;
  private static final int CONDITIONING = 0xcc;
  private static final int FIRST_RESTART = 0xd0;
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int APP2 = 0xe2;
  private static final int FRAME_BYTES = 8;
  private static final int MOST_BYTES_PER_PIXEL = 4;

  private final ByteBuffer jpeg;
  private final long maxPixels;
  private int at = SIGNATURE;
  private int segments;
  private int scans;
  private int tables;
  private long pixels;

  private JpegStructure(ByteBuffer jpeg, long maxPixels) {
    this.jpeg = jpeg;
    this.maxPixels = maxPixels;
  }

  static DecoderInput check(byte[] bytes) throws IIOException {
    int end = check(ByteBuffer.wrap(bytes), Long.MAX_VALUE);
    byte[] picture = end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
    return new DecoderInput(JpegColours.explicit(picture), MOST_BYTES_PER_PIXEL);
  }

  /**
   * The same of a JPEG inside of something else, whose size nobody else looks at.
   *
   * @return where it ends
   */
  static int check(ByteBuffer jpeg, long maxPixels) throws IIOException {
    return new JpegStructure(jpeg, maxPixels).walk();
  }

  /** Wherever in those bytes a JPEG's colour profile begins. */
  static void checkProfiles(ByteBuffer bytes) throws IIOException {
    for (int i = 1; i < bytes.limit(); i++) {
      if (bytes.get(i - 1) == (byte) 0xff && (bytes.get(i) & 0xff) == APP2) {
        ColourProfile.checkSegment(bytes, i + 1);
      }
    }
  }

  private int walk() throws IIOException {
    for (int marker = next(); marker > 0 && marker != END; marker = next()) {
      require(++segments <= MAX_SEGMENTS, "more than %,d segments".formatted(MAX_SEGMENTS));
      if (marker == APP2) {
        ColourProfile.checkSegment(jpeg, at);
      }
      if (marker == HUFFMAN_TABLES || marker == QUANTISATION_TABLES) {
        require(++tables <= MAX_TABLES, "more than %d tables".formatted(MAX_TABLES));
      }
      if (marker == SCAN) {
        require(++scans <= MAX_SCANS, "more than %d scans".formatted(MAX_SCANS));
      }
      if (isFrame(marker)) {
        pixels = Math.max(pixels, pixels(at));
        require(pixels <= maxPixels, "a JPEG within it has too many pixels");
      }
      require(
          scans * pixels <= MAX_SCANNED_PIXELS,
          "%d scans of %,d pixels take too long".formatted(scans, pixels));
      skipSegment();
    }
    return at;
  }

  /**
   * Goes behind the next marker that is followed by a segment, or behind the end's.
   *
   * @return 0 where there is none
   */
  private int next() {
    while (at + 1 < jpeg.limit()) {
      int marker = jpeg.get(at + 1) & 0xff;
      if (jpeg.get(at) != (byte) 0xff || marker == 0xff) {
        at++;
      } else {
        at += 2;
        if (!standsAlone(marker)) {
          return marker;
        }
      }
    }
    at = jpeg.limit();
    return 0;
  }

  private static boolean standsAlone(int marker) {
    return marker <= TEMPORARY || (marker >= FIRST_RESTART && marker <= START);
  }

  /** A scan's data is passed over by looking for the next marker. */
  private void skipSegment() {
    int length = at + 1 < jpeg.limit() ? jpeg.getShort(at) & 0xffff : 0;
    at = (int) Math.min(jpeg.limit(), (long) at + Math.max(2, length));
  }

  static boolean isFrame(int marker) {
    return marker >= FIRST_FRAME
        && marker <= LAST_FRAME
        && marker != HUFFMAN_TABLES
        && marker != EXTENSION
        && marker != CONDITIONING;
  }

  /** Of a frame header, as far as it is one: its length tells. */
  private long pixels(int header) {
    if (header + FRAME_BYTES > jpeg.limit()) {
      return 0;
    }
    int length = jpeg.getShort(header) & 0xffff;
    int components = jpeg.get(header + 7) & 0xff;
    if (length != FRAME_BYTES + 3 * components) {
      return 0;
    }
    return (jpeg.getShort(header + 3) & 0xffffL) * (jpeg.getShort(header + 5) & 0xffff);
  }
}
