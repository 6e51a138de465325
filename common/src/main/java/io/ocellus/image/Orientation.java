package io.ocellus.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.IIOException;

/**
 * How a camera was held: tag 274 of TIFF and EXIF, or the same in XMP. Named by where the first
 * stored row and the first stored column are in the upright image, in the order of the tag's values
 * 1 to 8.
 */
enum Orientation {
  TOP_LEFT(false, false, false),
  TOP_RIGHT(false, true, false),
  BOTTOM_RIGHT(false, true, true),
  BOTTOM_LEFT(false, false, true),
  LEFT_TOP(true, false, false),
  RIGHT_TOP(true, true, false),
  RIGHT_BOTTOM(true, true, true),
  LEFT_BOTTOM(true, false, true);

  private static final int TAG = 274;

  private final boolean transposed;
  private final boolean mirrored;
  private final boolean flipped;

  /**
   * @param transposed stored rows are upright columns
   * @param mirrored the upright image is then reversed from left to right
   * @param flipped and from top to bottom
   */
  Orientation(boolean transposed, boolean mirrored, boolean flipped) {
    this.transposed = transposed;
    this.mirrored = mirrored;
    this.flipped = flipped;
  }

  /**
   * What the image says, in EXIF or else in XMP; {@link #TOP_LEFT} where it says nothing that can
   * be understood.
   */
  static Orientation of(ImageFormat format, byte[] bytes) {
    OptionalInt value = inExif(format, bytes);
    return value(value.isPresent() ? value : inXmp(format, bytes));
  }

  private static OptionalInt inExif(ImageFormat format, byte[] bytes) {
    try {
      Optional<ByteBuffer> exif = Exif.of(format, bytes);
      if (exif.isEmpty()) {
        return OptionalInt.empty();
      }
      TiffDirectory directory = TiffDirectory.read(exif.get());
      return directory.entry(TAG).isPresent()
          ? OptionalInt.of((int) directory.number(TAG, 1))
          : OptionalInt.empty();
    } catch (IIOException | RuntimeException e) {
      return OptionalInt.empty();
    }
  }

  private static OptionalInt inXmp(ImageFormat format, byte[] bytes) {
    try {
      return Xmp.orientation(format, bytes);
    } catch (IIOException | RuntimeException e) {
      return OptionalInt.empty();
    }
  }

  private static Orientation value(OptionalInt value) {
    int number = value.orElse(1);
    return number >= 1 && number <= values().length ? values()[number - 1] : TOP_LEFT;
  }

  /**
   * The image as it should be looked at; the same one where it is upright already.
   *
   * @param check called at each row; what it throws gets out
   */
  BufferedImage upright(BufferedImage stored, Runnable check) {
    if (this == TOP_LEFT) {
      return stored;
    }
    int columns = stored.getWidth();
    int rows = stored.getHeight();
    int width = transposed ? rows : columns;
    int height = transposed ? columns : rows;
    BufferedImage upright = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] pixels = ((DataBufferInt) upright.getRaster().getDataBuffer()).getData();
    int right = mirrored ? -1 : 1;
    int down = flipped ? -width : width;
    int first = (mirrored ? width - 1 : 0) + (flipped ? (height - 1) * width : 0);
    int alongRow = transposed ? down : right;
    int alongColumn = transposed ? right : down;
    RgbRows source = RgbRows.of(stored);
    int[] row = new int[columns];
    for (int y = 0; y < rows; y++) {
      check.run();
      source.read(y, row);
      int to = first + y * alongColumn;
      for (int x = 0; x < columns; x++, to += alongRow) {
        pixels[to] = row[x];
      }
    }
    return upright;
  }
}
