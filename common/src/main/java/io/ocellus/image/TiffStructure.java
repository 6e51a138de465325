package io.ocellus.image;

import static io.ocellus.image.Structure.require;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import javax.imageio.IIOException;

/**
 * Bounds what the first directory of a TIFF makes the decoder allocate: values and compressed
 * strips or tiles by the file's length, decoded ones by the limits; and refuses samples that the
 * decoder would read as something else. The decoder gets a file that has this picture alone.
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
  private static final int EXTRA_SAMPLES = 338;
  private static final int SAMPLE_FORMAT = 339;

  private static final int OLD_JPEG = 6;
  private static final int JPEG = 7;
  private static final int MAX_BITS_PER_PIXEL = 128;

  /** ITULab, the next one, is of faxes in colour alone. */
  private static final int MAX_COLOURS = 9;

  /** One for each row of the highest image. */
  private static final int MAX_PIECES = ImageLimits.MAX_SIDE;

  /** What the decoder allocates for a sample of more than 16 bits, in bytes. */
  private static final int DEEP_SAMPLE = Integer.BYTES;

  /** A pixel whose conversion takes 40 ns counts as one of so many bytes. */
  private static final int SLOW_PIXEL = 8;

  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int MASK = 4;
  private static final int CMYK = 5;
  private static final int YCBCR = 6;

  /** Associated and unassociated alpha, of {@link #EXTRA_SAMPLES}. */
  private static final Set<Long> ALPHA = Set.of(1L, 2L);

  /** Unsigned and unknown, of {@link #SAMPLE_FORMAT}. */
  private static final Set<Long> UNSIGNED = Set.of(1L, 4L);

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
      require(length > 0, "a strip or tile is empty");
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
      require((bits > 0 && bits <= 16) || bits == 32, "an unusual number of bits");
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
    checkSamples();
    long allowed = USUAL_PIECES + width * height / PIXELS_OF_PIECE;
    if (pieces.size() > allowed) {
      throw new IIOException(
          "it has %,d strips or tiles, and %,d are allowed".formatted(pieces.size(), allowed));
    }
    long tileWidth = directory.number(TILE_WIDTH, width);
    long rows = Math.min(directory.number(ROWS_PER_STRIP, height), height);
    long tileHeight = directory.number(TILE_HEIGHT, rows);
    require(tileWidth > 0 && tileHeight > 0, "a strip or tile has no size");
    require(
        tileWidth <= ImageLimits.MAX_SIDE
            && tileWidth <= Math.max(maxPixels, USUAL_TILE) / tileHeight,
        "a strip or tile has too many pixels");
  }

  /** The decoder goes by the colours, and by no other number. */
  private void checkSamples() throws IIOException {
    long colours = directory.number(COLOURS, 0);
    require(colours <= MAX_COLOURS, "unknown colours");
    long samples = directory.number(SAMPLES_PER_PIXEL, 1);
    long deepest = deepest();
    require(deepest >= Byte.SIZE || samples == 1, "colours of fewer than 8 bits a sample");
    require(deepest <= MAX_BITS_PER_PIXEL / samples, "too many bits per pixel");
    long needed =
        colours == CMYK ? 4 : colours >= RGB && colours != PALETTE && colours != MASK ? 3 : 1;
    boolean alpha = values(EXTRA_SAMPLES).anyMatch(ALPHA::contains);
    require(samples >= needed + (alpha ? 1 : 0), "fewer samples than its colours need");
    require(
        values(SAMPLE_FORMAT).allMatch(UNSIGNED::contains),
        "its samples are signed, complex or floating-point numbers, no levels of colour");
  }

  private LongStream values(int tag) throws IIOException {
    long[] values = new long[Math.min(MAX_BITS_PER_PIXEL, directory.count(tag))];
    for (int i = 0; i < values.length; i++) {
      values[i] = directory.number(directory.entry(tag).orElseThrow(), i);
    }
    return LongStream.of(values);
  }

  /** A JPEG in a strip or tile has a size of its own, which its decoder believes. */
  private void checkJpeg() throws IIOException {
    long compression = directory.number(COMPRESSION, 1);
    require(compression != OLD_JPEG, "JPEG in its old way within a TIFF is not supported");
    if (compression == JPEG) {
      JpegStructure.checkProfiles(ByteBuffer.wrap(file));
      require(!pieces.isEmpty(), "it has no strips or tiles");
      for (ByteBuffer piece : pieces) {
        JpegStructure.check(piece, Math.max(maxPixels, USUAL_TILE));
      }
    }
  }
}
