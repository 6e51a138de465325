package io.ocellus.image;

import java.nio.ByteBuffer;
import java.util.Optional;
import javax.imageio.IIOException;

/**
 * Checks that the first picture of a GIF is complete, where ImageIO would leave the rest of it
 * black, and takes it alone: ImageIO's time for comments and other extensions grows with the square
 * of their length.
 */
final class GifStructure {
  private static final int SCREEN_FLAGS = 10;
  private static final int AFTER_SCREEN = 13;
  private static final int EXTENSION = 0x21;
  private static final int CONTROL = 0xf9;
  private static final int CONTROL_BYTES = 8;
  private static final int PICTURE = 0x2c;
  private static final byte END = 0x3b;

  private GifStructure() {}

  static DecoderInput check(byte[] bytes) throws IIOException {
    ByteBuffer blocks = ByteBuffer.wrap(bytes);
    int screen = AFTER_SCREEN + paletteBytes(blocks.get(SCREEN_FLAGS));
    blocks.position(screen);
    Optional<ByteBuffer> control = Optional.empty();
    while (true) {
      int begin = blocks.position();
      int block = blocks.get() & 0xff;
      if (block == EXTENSION) {
        int label = blocks.get() & 0xff;
        skipData(blocks);
        if (label == CONTROL && blocks.position() - begin == CONTROL_BYTES) {
          control = Optional.of(blocks.slice(begin, CONTROL_BYTES));
        }
      } else if (block == PICTURE) {
        skipPicture(blocks);
        ByteBuffer picture = blocks.slice(begin, blocks.position() - begin);
        return new DecoderInput(alone(blocks.slice(0, screen), control, picture), 1);
      } else {
        throw new IIOException("there is no picture in it");
      }
    }
  }

  private static byte[] alone(ByteBuffer screen, Optional<ByteBuffer> control, ByteBuffer picture) {
    ByteBuffer gif =
        ByteBuffer.allocate(screen.limit() + CONTROL_BYTES + picture.limit() + 1).put(screen);
    control.ifPresent(gif::put);
    gif.put(picture).put(END);
    return gif.array();
  }

  private static int paletteBytes(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
  }

  private static void skipPicture(ByteBuffer blocks) {
    blocks.position(blocks.position() + 8);
    blocks.position(blocks.position() + 1 + paletteBytes(blocks.get(blocks.position())));
    blocks.get();
    skipData(blocks);
  }

  private static void skipData(ByteBuffer blocks) {
    int length;
    do {
      length = blocks.get() & 0xff;
      blocks.position(blocks.position() + length);
    } while (length > 0);
  }
}
