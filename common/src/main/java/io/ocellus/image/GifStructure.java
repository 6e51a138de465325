package io.ocellus.image;

import java.nio.ByteBuffer;
import javax.imageio.IIOException;

/** Checks that the first picture of a GIF is complete; ImageIO would leave the rest of it black. */
final class GifStructure {
  private static final int SCREEN_FLAGS = 10;
  private static final int AFTER_SCREEN = 13;
  private static final int EXTENSION = 0x21;
  private static final int PICTURE = 0x2c;

  private GifStructure() {}

  static void check(byte[] bytes) throws IIOException {
    ByteBuffer blocks = ByteBuffer.wrap(bytes);
    blocks.position(AFTER_SCREEN + paletteBytes(blocks.get(SCREEN_FLAGS)));
    while (true) {
      int block = blocks.get() & 0xff;
      if (block == EXTENSION) {
        blocks.get();
        skipData(blocks);
      } else if (block == PICTURE) {
        blocks.position(blocks.position() + 8);
        blocks.position(blocks.position() + 1 + paletteBytes(blocks.get(blocks.position())));
        blocks.get();
        skipData(blocks);
        return;
      } else {
        throw new IIOException("there is no picture in it");
      }
    }
  }

  private static int paletteBytes(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
  }

  private static void skipData(ByteBuffer blocks) {
    int length;
    do {
      length = blocks.get() & 0xff;
      blocks.position(blocks.position() + length);
    } while (length > 0);
  }
}
