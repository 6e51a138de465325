package io.ocellus.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOException;

/**
 * An ICC profile inside an image. Decoders take as much memory as its first four bytes say (ICC.1,
 * 7.2), before they look whether there is so much of it.
 */
final class ColourProfile {
  private static final byte[] NAME = "ICC_PROFILE".getBytes(StandardCharsets.ISO_8859_1);

  /** A byte that ends the name, which should be zero and need not; this piece; of so many. */
  private static final int AFTER_NAME = 3;

  private static final int SIGNATURE = 36;
  private static final int ACSP = 0x61637370;
  private static final int HEADER = 128;

  private ColourProfile() {}

  /**
   * Checks a JPEG's APP2 segment, where it is one of a profile. The first one must hold the
   * profile's header as a whole, so that what it says is found.
   *
   * @param at where the segment's length is
   */
  static void checkSegment(ByteBuffer jpeg, int at) throws IIOException {
    int content = at + 2 + NAME.length + AFTER_NAME;
    if (content > jpeg.limit() || !jpeg.slice(at + 2, NAME.length).equals(ByteBuffer.wrap(NAME))) {
      return;
    }
    int end = Math.min(jpeg.limit(), at + (jpeg.getShort(at) & 0xffff));
    boolean first = jpeg.get(content - 2) == 1;
    if (first && end - content < HEADER) {
      throw new IIOException("its colour profile ends too early");
    }
    check(jpeg, content, jpeg.limit());
  }

  /**
   * Checks a profile that lies in one piece.
   *
   * @param at where it begins
   * @param most how long it can be
   */
  static void check(ByteBuffer image, int at, long most) throws IIOException {
    if (at + SIGNATURE + Integer.BYTES > image.limit()) {
      return;
    }
    ByteBuffer profile = image.duplicate().order(ByteOrder.BIG_ENDIAN);
    if (profile.getInt(at + SIGNATURE) == ACSP && profile.getInt(at) > most) {
      throw new IIOException("its colour profile is longer than what holds it");
    }
  }
}
