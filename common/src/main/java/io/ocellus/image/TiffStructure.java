package io.ocellus.image;

import static io.ocellus.image.Structure.require;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOException;

/**
 * Bounds what the first directory of a TIFF makes the decoder allocate: values and compressed
 * strips or tiles by the file's length, decoded ones by the limits. ImageIO would believe any
 * number. The decoder gets a file that has this picture alone.
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

  /** Any other number ImageIO takes as it is, and makes room for so many rows. */
  private static final long ALL_ROWS = 0xffff_ffffL;

  private static final int OLD_JPEG = 6;
  private static final int JPEG = 7;
  private static final int MAX_BITS_PER_PIXEL = 128;

  /** ITULab, the next one, is of faxes in colour alone. */
  private static final int MAX_COLOURS = 9;

  /** One for each row of the highest image. */
  private static final int MAX_PIECES = ImageLimits.MAX_SIDE;

  /** What the decoder allocates for a sample of more than 16 bits, in bytes. */
  private static final int DEEP_SAMPLE = 64;

  /** A pixel whose conversion takes 40 ns counts as one of so many bytes. */
  private static final int SLOW_PIXEL = 8;

  private static final int YCBCR = 6;

  private static final long USUAL_TILE = 1 << 18;

  /** The decoder takes some kilobytes for each piece: so many anyhow, and one for these pixels. */
  private static final int USUAL_PIECES = 1024;

  private static final int PIXELS_OF_PIECE = 128;

  private final byte[] file;
  private final long maxPixels;
  private final TiffDirectory directory;
  private final List<ByteBuffer> pieces = new ArrayList<>();

  private TiffStructure(byte[] file, long maxPixels) throws IIOException {
    this.file = file;
    this.maxPixels = maxPixels;
    this.directory = TiffDirectory.read(ByteBuffer.wrap(file));
  }

  static DecoderInput check(byte[] bytes, ImageLimits limits) throws IIOException {
    TiffStructure structure = new TiffStructure(bytes, limits.maxPixels());
    require(structure.directory.end() + Integer.BYTES <= bytes.length, "the data ends too early");
    structure.addPieces(STRIP_OFFSETS, STRIP_BYTES);
    structure.addPieces(TILE_OFFSETS, TILE_BYTES);
    int bytesPerPixel = structure.bytesPerPixel();
    if (structure.isWithinLimits()) {
      structure.checkDecoded();
      structure.checkJpeg();
    }
    return new DecoderInput(TiffPicture.of(bytes, structure.directory), bytesPerPixel);
  }

  /** Strips or tiles: not too many, within the file and together no longer than it. */
  private void addPieces(int offsets, int lengths) throws IIOException {
    int count = directory.count(offsets);
    require(count <= MAX_PIECES, "too many strips or tiles");
    require(count == directory.count(lengths), "strips or tiles without offset or length");
    long total = 0;
    for (int i = 0; i < count; i++) {
      long offset = directory.number(directory.entry(offsets).orElseThrow(), i);
      long length = directory.number(directory.entry(lengths).orElseThrow(), i);
      total += length;
      require(offset + length <= file.length && total <= file.length, "the data ends too early");
      pieces.add(ByteBuffer.wrap(file, (int) offset, (int) length).slice());
    }
  }

  private int bytesPerPixel() throws IIOException {
    long samples = directory.number(SAMPLES_PER_PIXEL, 1);
    require(samples > 0 && samples <= MAX_BITS_PER_PIXEL, "too many samples per pixel");
    long deepest = deepest();
    long sample = deepest <= Byte.SIZE ? 1 : deepest <= Short.SIZE ? 2 : DEEP_SAMPLE;
    return (int) Math.max(samples * sample, isConverted() ? SLOW_PIXEL : 0);
  }

  /** To red, green and blue by the decoder, pixel by pixel. */
  private boolean isConverted() throws IIOException {
    long colours = directory.number(COLOURS, 0);
    return colours >= YCBCR && directory.number(COMPRESSION, 1) != JPEG;
  }

  private long deepest() throws IIOException {
    Optional<TiffDirectory.Entry> entry = directory.entry(BITS_PER_SAMPLE);
    long deepest = 1;
    for (int i = 0; i < Math.min(MAX_BITS_PER_PIXEL, directory.count(BITS_PER_SAMPLE)); i++) {
      long bits = directory.number(entry.orElseThrow(), i);
      require((bits > 0 && bits <= 16) || bits == 32 || bits == 64, "an unusual number of bits");
      deepest = Math.max(deepest, bits);
    }
    return deepest;
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
    long deepest = deepest();
    require(directory.number(COLOURS, 0) <= MAX_COLOURS, "unknown colours");
    require(
        pieces.size() <= USUAL_PIECES + width * height / PIXELS_OF_PIECE,
        "too many strips or tiles");
    long samples = directory.number(SAMPLES_PER_PIXEL, 1);
    require(deepest >= Byte.SIZE || samples == 1, "colours of fewer than 8 bits a sample");
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
      require(pieces.stream().anyMatch(ByteBuffer::hasRemaining), "it has no strips or tiles");
      for (ByteBuffer piece : pieces) {
        JpegStructure.check(piece, Math.max(maxPixels, USUAL_TILE));
      }
    }
  }
}
