package io.ocellus.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.IIOException;

/**
 * Bounds what the first directory of a TIFF makes the decoder allocate: values and compressed
 * strips or tiles by the file's length, decoded ones by the limits. ImageIO would believe any
 * number.
 */
final class TiffStructure {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS_PER_SAMPLE = 258;
  private static final int COLOURS = 262;
  private static final int SAMPLES_PER_PIXEL = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_BYTES = 325;
  private static final int[] TYPE_SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int MAX_BITS_PER_PIXEL = 128;
  private static final int MAX_COLOURS = 10;
  private static final long USUAL_TILE = 1 << 18;

  private final ByteBuffer file;
  private final Map<Integer, long[]> values = new HashMap<>();

  private TiffStructure(byte[] bytes) {
    file = ByteBuffer.wrap(bytes);
    file.order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  static void check(byte[] bytes, ImageLimits limits) throws IIOException {
    TiffStructure structure = new TiffStructure(bytes);
    structure.readDirectory();
    structure.checkCompressed();
    structure.checkDecoded(limits.maxPixels());
  }

  private void readDirectory() throws IIOException {
    file.position(file.getInt(4));
    for (int entries = file.getShort() & 0xffff; entries > 0; entries--) {
      int tag = file.getShort() & 0xffff;
      int type = file.getShort() & 0xffff;
      long count = Integer.toUnsignedLong(file.getInt());
      int next = file.position() + 4;
      long size = type < TYPE_SIZES.length ? count * TYPE_SIZES[type] : 0;
      long start = size <= 4 ? file.position() : Integer.toUnsignedLong(file.getInt());
      require(start + size <= file.limit(), "the data ends too early");
      if (isChecked(tag)) {
        require(type == BYTE || type == SHORT || type == LONG, "a number has another type");
        require(count > 0, "a number is missing");
        require(values.put(tag, read(type, (int) start, (int) count)) == null, "a tag is repeated");
      }
      file.position(next);
    }
  }

  private static boolean isChecked(int tag) {
    return switch (tag) {
      case WIDTH, HEIGHT, BITS_PER_SAMPLE, COLOURS, SAMPLES_PER_PIXEL -> true;
      case ROWS_PER_STRIP, STRIP_BYTES, TILE_WIDTH, TILE_HEIGHT, TILE_BYTES -> true;
      default -> false;
    };
  }

  private long[] read(int type, int start, int count) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          switch (type) {
            case BYTE -> file.get(start + i) & 0xff;
            case SHORT -> file.getShort(start + 2 * i) & 0xffff;
            default -> Integer.toUnsignedLong(file.getInt(start + 4 * i));
          };
    }
    return numbers;
  }

  private void checkCompressed() throws IIOException {
    for (int tag : new int[] {STRIP_BYTES, TILE_BYTES}) {
      for (long length : values.getOrDefault(tag, new long[0])) {
        require(length <= file.limit(), "the data ends too early");
      }
    }
  }

  private void checkDecoded(long maxPixels) throws IIOException {
    long width = number(WIDTH, 0);
    long height = number(HEIGHT, 0);
    require(width > 0 && height > 0, "it has no size");
    if (width > maxPixels / height) {
      return; // refused as too many pixels before anything is decoded
    }
    long deepest = 1;
    for (long bits : values.getOrDefault(BITS_PER_SAMPLE, new long[] {1})) {
      require((bits > 0 && bits <= 16) || bits == 32 || bits == 64, "an unusual number of bits");
      deepest = Math.max(deepest, bits);
    }
    require(number(COLOURS, 0) <= MAX_COLOURS, "unknown colours");
    long samples = number(SAMPLES_PER_PIXEL, 1);
    require(samples > 0 && samples <= MAX_BITS_PER_PIXEL, "too many samples per pixel");
    require(deepest <= MAX_BITS_PER_PIXEL / samples, "too many bits per pixel");
    long tileWidth = number(TILE_WIDTH, width);
    long rows = Math.min(number(ROWS_PER_STRIP, height), height);
    long tileHeight = number(TILE_HEIGHT, rows);
    require(tileWidth > 0 && tileHeight > 0, "a tile has no size");
    require(
        tileWidth <= Math.max(maxPixels, USUAL_TILE) / tileHeight, "a tile has too many pixels");
  }

  private long number(int tag, long otherwise) {
    long[] numbers = values.get(tag);
    return numbers == null ? otherwise : numbers[0];
  }

  private static void require(boolean condition, String otherwise) throws IIOException {
    if (!condition) {
      throw new IIOException(otherwise);
    }
  }
}
