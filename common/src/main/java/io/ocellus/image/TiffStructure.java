package io.ocellus.image;

import static io.ocellus.image.TiffDirectory.require;

import java.nio.ByteBuffer;
import java.util.Set;
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
  private static final int COMPRESSION = 259;
  private static final int COLOURS = 262;
  private static final int STRIP_OFFSETS = 273;
  private static final int SAMPLES_PER_PIXEL = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final Set<Integer> TAGS =
      Set.of(
          WIDTH,
          HEIGHT,
          BITS_PER_SAMPLE,
          COMPRESSION,
          COLOURS,
          STRIP_OFFSETS,
          SAMPLES_PER_PIXEL,
          ROWS_PER_STRIP,
          STRIP_BYTES,
          TILE_WIDTH,
          TILE_HEIGHT,
          TILE_OFFSETS,
          TILE_BYTES);

  /** Any other number ImageIO takes as it is, and makes room for so many rows. */
  private static final long ALL_ROWS = 0xffff_ffffL;

  private static final int OLD_JPEG = 6;
  private static final int JPEG = 7;
  private static final int MAX_BITS_PER_PIXEL = 128;
  private static final int MAX_COLOURS = 10;
  private static final long USUAL_TILE = 1 << 18;

  private final byte[] file;
  private final long maxPixels;
  private final TiffDirectory directory;

  private TiffStructure(byte[] file, long maxPixels) throws IIOException {
    this.file = file;
    this.maxPixels = maxPixels;
    this.directory = TiffDirectory.read(ByteBuffer.wrap(file), TAGS);
  }

  static void check(byte[] bytes, ImageLimits limits) throws IIOException {
    TiffStructure structure = new TiffStructure(bytes, limits.maxPixels());
    structure.checkCompressed();
    if (structure.isWithinLimits()) {
      structure.checkDecoded();
      structure.checkJpeg();
    }
  }

  private void checkCompressed() throws IIOException {
    for (int tag : new int[] {STRIP_BYTES, TILE_BYTES}) {
      for (long length : directory.numbers(tag)) {
        require(length <= file.length, "the data ends too early");
      }
    }
  }

  /** Where it is not, it is refused as too many pixels before anything is decoded. */
  private boolean isWithinLimits() throws IIOException {
    long width = directory.number(WIDTH, 0);
    long height = directory.number(HEIGHT, 0);
    require(width > 0 && height > 0, "it has no size");
    return width <= maxPixels / height;
  }

  private void checkDecoded() throws IIOException {
    long width = directory.number(WIDTH, 0);
    long height = directory.number(HEIGHT, 0);
    long deepest = 1;
    for (long bits : directory.numbers(BITS_PER_SAMPLE)) {
      require((bits > 0 && bits <= 16) || bits == 32 || bits == 64, "an unusual number of bits");
      deepest = Math.max(deepest, bits);
    }
    require(directory.number(COLOURS, 0) <= MAX_COLOURS, "unknown colours");
    long samples = directory.number(SAMPLES_PER_PIXEL, 1);
    require(samples > 0 && samples <= MAX_BITS_PER_PIXEL, "too many samples per pixel");
    require(deepest <= MAX_BITS_PER_PIXEL / samples, "too many bits per pixel");
    long tileWidth = directory.number(TILE_WIDTH, width);
    long rows = directory.number(ROWS_PER_STRIP, ALL_ROWS);
    long tileHeight = directory.number(TILE_HEIGHT, rows == ALL_ROWS ? height : rows);
    require(tileWidth > 0 && tileHeight > 0, "a strip or tile has no size");
    require(
        tileWidth <= Math.max(maxPixels, USUAL_TILE) / tileHeight,
        "a strip or tile has too many pixels");
  }

  /** A JPEG in a strip or tile has a size of its own, which its decoder believes. */
  private void checkJpeg() throws IIOException {
    long compression = directory.number(COMPRESSION, 1);
    require(compression != OLD_JPEG, "JPEG in its old way within a TIFF is not supported");
    if (compression == JPEG) {
      JpegStructure.checkProfiles(ByteBuffer.wrap(file));
      long total = 0;
      total += checkJpegs(directory.numbers(STRIP_OFFSETS), directory.numbers(STRIP_BYTES));
      total += checkJpegs(directory.numbers(TILE_OFFSETS), directory.numbers(TILE_BYTES));
      require(total > 0, "it has neither strips nor tiles");
    }
  }

  private long checkJpegs(long[] offsets, long[] lengths) throws IIOException {
    require(offsets.length == lengths.length, "strips or tiles without offset or length");
    long total = 0;
    for (int i = 0; i < offsets.length; i++) {
      require(offsets[i] + lengths[i] <= file.length, "the data ends too early");
      total += lengths[i];
      require(total <= file.length, "strips or tiles overlap");
      JpegStructure.check(
          ByteBuffer.wrap(file, (int) offsets[i], (int) lengths[i]).slice(),
          Math.max(maxPixels, USUAL_TILE));
    }
    return total;
  }
}
