package io.ocellus.image;

import static io.ocellus.image.Structure.require;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.IIOException;

/**
 * Checks that the first frame of a GIF is complete, where ImageIO would leave the rest of it black,
 * and takes it alone: ImageIO's time for comments and other extensions grows with the square of
 * their length. The logical screen is the image's canvas, and grows with a frame that exceeds it;
 * where the frame does not reach it has the transparent colour, or the first one, as Pillow's.
 */
final class GifStructure {
  private static final int SCREEN = 6;
  private static final int SCREEN_FLAGS = 10;
  private static final int PALETTE_OF_256 = 0x87;
  private static final int GREYS = 3 * 256;
  private static final int AFTER_SCREEN = 13;
  private static final int EXTENSION = 0x21;
  private static final int CONTROL = 0xf9;
  private static final int CONTROL_BYTES = 8;
  private static final int CONTROL_FLAGS = 3;
  private static final int TRANSPARENT = 6;
  private static final int FRAME = 0x2c;
  private static final int FRAME_FLAGS = 9;
  private static final byte END = 0x3b;

  private final ByteBuffer gif;
  private final int screenEnd;
  private Optional<ByteBuffer> control = Optional.empty();

  private GifStructure(byte[] bytes) {
    gif = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    screenEnd = AFTER_SCREEN + paletteBytes(gif.get(SCREEN_FLAGS));
  }

  /**
   * The first frame and where it lies.
   *
   * @param input a GIF of this frame alone
   */
  record Picture(DecoderInput input, Canvas canvas) {}

  static Picture firstPicture(byte[] bytes) throws IIOException {
    return new GifStructure(bytes).firstPicture();
  }

  private Picture firstPicture() throws IIOException {
    gif.position(screenEnd);
    while (true) {
      int begin = gif.position();
      int block = gif.get() & 0xff;
      if (block == FRAME) {
        skipFrame();
        return new Picture(new DecoderInput(alone(begin, gif.position()), 1), canvas(begin));
      }
      require(block == EXTENSION, "there is no picture in it");
      int label = gif.get() & 0xff;
      skipData();
      if (label == CONTROL && gif.position() - begin == CONTROL_BYTES) {
        control = Optional.of(gif.slice(begin, CONTROL_BYTES));
      }
    }
  }

  private byte[] alone(int begin, int end) {
    ByteBuffer alone = ByteBuffer.allocate(screenEnd + GREYS + CONTROL_BYTES + end - begin + 1);
    alone.put(gif.slice(0, screenEnd));
    if (screenEnd == AFTER_SCREEN) {
      putGreys(alone);
    }
    control.ifPresent(extension -> alone.put(extension.duplicate()));
    alone.put(gif.slice(begin, end - begin)).put(END);
    return Arrays.copyOf(alone.array(), alone.position());
  }

  /** Without any palette levels are greys. */
  private static void putGreys(ByteBuffer gif) {
    gif.put(SCREEN_FLAGS, (byte) (gif.get(SCREEN_FLAGS) | PALETTE_OF_256));
    for (int level = 0; level < GREYS / 3; level++) {
      gif.put((byte) level).put((byte) level).put((byte) level);
    }
  }

  private Canvas canvas(int frame) {
    int x = number(frame + 1);
    int y = number(frame + 3);
    int width = Math.max(number(SCREEN), x + number(frame + 5));
    int height = Math.max(number(SCREEN + 2), y + number(frame + 7));
    return new Canvas(width, height, x, y, background(frame));
  }

  private int background(int frame) {
    int colour =
        control
            .filter(extension -> (extension.get(CONTROL_FLAGS) & 1) == 1)
            .map(extension -> extension.get(TRANSPARENT) & 0xff)
            .orElse(0);
    int own = paletteBytes(gif.get(frame + FRAME_FLAGS));
    int shared = screenEnd - AFTER_SCREEN;
    int palette = own > 0 ? frame + FRAME_FLAGS + 1 : AFTER_SCREEN;
    if (3 * colour >= (own > 0 ? own : shared)) {
      return colour * 0x010101;
    }
    int at = palette + 3 * colour;
    return ((gif.get(at) & 0xff) << 16)
        | ((gif.get(at + 1) & 0xff) << 8)
        | (gif.get(at + 2) & 0xff);
  }

  private int number(int at) {
    return gif.getShort(at) & 0xffff;
  }

  private static int paletteBytes(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
  }

  private void skipFrame() {
    gif.position(gif.position() + 8);
    gif.position(gif.position() + 1 + paletteBytes(gif.get(gif.position())));
    gif.get();
    skipData();
  }

  private void skipData() {
    int length;
    do {
      length = gif.get() & 0xff;
      gif.position(gif.position() + length);
    } while (length > 0);
  }
}
