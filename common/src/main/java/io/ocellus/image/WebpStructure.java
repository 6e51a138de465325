package io.ocellus.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOException;

/**
 * Checks that a WebP is as long as it says, where the decoder would make up what is missing, and
 * that pictures and a colour profile inside an extended one are as large as it says (<a
 * href="https://www.rfc-editor.org/rfc/rfc9649">RFC 9649</a>): the decoder reports the size of the
 * canvas and believes that of the picture.
 */
final class WebpStructure {
  private static final int LENGTH = 4;
  private static final int CHUNKS = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int CANVAS = CHUNKS + CHUNK_HEADER + 4;
  private static final int FRAME_HEADER = 16;
  private static final int EXTENDED = 0x58385056; // VP8X
  private static final int PROFILE = 0x50434349; // ICCP
  private static final int FRAME = 0x464d4e41; // ANMF
  private static final int LOSSY = 0x20385056; // VP8 and a space
  private static final int LOSSLESS = 0x4c385056; // VP8L
  private static final int FOURTEEN_BITS = 0x3fff;
  private static final int TWENTY_FOUR_BITS = 0xffffff;

  private final ByteBuffer webp;

  private WebpStructure(byte[] bytes) {
    webp = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private record Size(int width, int height) {}

  static void check(byte[] bytes) throws IIOException {
    WebpStructure structure = new WebpStructure(bytes);
    long end = CHUNK_HEADER + Integer.toUnsignedLong(structure.webp.getInt(LENGTH));
    require(end <= bytes.length, "the data ends too early");
    if (structure.webp.getInt(CHUNKS) == EXTENDED) {
      structure.checkPictures(CHUNKS, end, structure.size(CANVAS));
    }
  }

  private void checkPictures(long from, long end, Size promised) throws IIOException {
    long at = from;
    while (at + CHUNK_HEADER <= end) {
      int content = (int) at + CHUNK_HEADER;
      long length = Integer.toUnsignedLong(webp.getInt((int) at + LENGTH));
      switch (webp.getInt((int) at)) {
        case LOSSY -> require(promised.equals(lossy(content)), "a picture of another size");
        case LOSSLESS -> require(promised.equals(lossless(content)), "a picture of another size");
        case FRAME -> {
          Size frame = size(content + 6);
          require(isInside(content, frame, promised), "a frame beyond the canvas");
          checkPictures(content + FRAME_HEADER, Math.min(end, content + length), frame);
        }
        case PROFILE -> ColourProfile.check(webp, content, Math.min(length, webp.limit()));
        default -> {}
      }
      at = content + length + (length & 1);
    }
  }

  private boolean isInside(int frameHeader, Size frame, Size canvas) {
    return 2 * number(frameHeader) + frame.width <= canvas.width
        && 2 * number(frameHeader + 3) + frame.height <= canvas.height;
  }

  private Size lossy(int at) {
    return new Size(webp.getShort(at + 6) & FOURTEEN_BITS, webp.getShort(at + 8) & FOURTEEN_BITS);
  }

  private Size lossless(int at) {
    int bits = webp.getInt(at + 1);
    return new Size(1 + (bits & FOURTEEN_BITS), 1 + (bits >> 14 & FOURTEEN_BITS));
  }

  /** Width and height, each less one and in three bytes. */
  private Size size(int at) {
    return new Size(1 + number(at), 1 + number(at + 3));
  }

  private int number(int at) {
    return webp.getInt(at) & TWENTY_FOUR_BITS;
  }

  private static void require(boolean condition, String otherwise) throws IIOException {
    if (!condition) {
      throw new IIOException(otherwise);
    }
  }
}
