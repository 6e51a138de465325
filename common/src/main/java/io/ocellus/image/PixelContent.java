package io.ocellus.image;

import io.ocellus.file.Sha256;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What an image shows, in a few numbers: enough to tell whether two files show the same, and what
 * the levels of a data set are. Levels are those that a network gets, whatever the file's layout.
 *
 * @param width in pixels, upright
 * @param height in pixels, upright
 * @param hash of the size and all pixels: equal for a PNG and a BMP of the same image
 * @param sketch 256 bits, see {@link #sketch}: a few of them differ between near-copies
 * @param depth see {@link Depth}
 * @param red levels in [0,1]
 * @param green levels in [0,1]
 * @param blue levels in [0,1]
 */
@SuppressWarnings("ArrayRecordComponent")
public record PixelContent(
    int width,
    int height,
    String hash,
    long[] sketch,
    Depth depth,
    Levels red,
    Levels green,
    Levels blue) {
  private static final int CELLS = 16;

  /**
   * One channel.
   *
   * @param mean over all pixels
   * @param meanSquare mean of the squares
   */
  public record Levels(double mean, double meanSquare) {
    private static Levels of(long sum, long squares, double pixels) {
      return new Levels(sum / pixels / 255, squares / pixels / (255 * 255));
    }
  }

  /**
   * How many bits a sample has in the file, and how many the largest one needs. Levels are the
   * upper eight of what it has: measurements of 12 bits that were stored in 16 are nearly black.
   *
   * @param stored 32 or 16, or 8 for all others, images that an orientation turns among them
   * @param used 0 where all samples are zero
   */
  public record Depth(int stored, int used) {
    /** A picture is this dark by mistake: a sixteenth of the levels, or less, are used. */
    private static final int UNUSED = 4;

    /** Whether the values should be scaled up to the bits that they are stored in. */
    public boolean isNearBlack() {
      return used > 0 && stored - used >= UNUSED;
    }

    private static Depth of(BufferedImage image) {
      Raster raster = image.getRaster();
      int type = raster.getDataBuffer().getDataType();
      if (type == DataBuffer.TYPE_BYTE
          || !(image.getColorModel() instanceof ComponentColorModel colours)) {
        return new Depth(Byte.SIZE, Byte.SIZE);
      }
      int[] samples = new int[Math.multiplyExact(raster.getWidth(), raster.getNumBands())];
      int all = 0;
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.getPixels(0, y, raster.getWidth(), 1, samples);
        for (int i = 0; i < samples.length; i++) {
          boolean alpha = i % raster.getNumBands() >= colours.getNumColorComponents();
          all |= alpha ? 0 : samples[i];
        }
      }
      return new Depth(
          DataBuffer.getDataTypeSize(type), Integer.SIZE - Integer.numberOfLeadingZeros(all));
    }
  }

  /** Looks at every pixel once. */
  public static PixelContent of(BufferedImage image) {
    RgbRows rows = RgbRows.of(image);
    int[] row = new int[image.getWidth()];
    ByteBuffer bytes = ByteBuffer.allocate(row.length * Integer.BYTES);
    MessageDigest digest = Sha256.digest();
    digest.update(ByteBuffer.allocate(8).putInt(row.length).putInt(image.getHeight()).flip());
    long[] sums = new long[3];
    long[] squares = new long[3];
    for (int y = 0; y < image.getHeight(); y++) {
      rows.read(y, row);
      for (int x = 0; x < row.length; x++) {
        row[x] &= 0xffffff;
        for (int c = 0; c < 3; c++) {
          long level = row[x] >> (16 - 8 * c) & 0xff;
          sums[c] += level;
          squares[c] += level * level;
        }
      }
      bytes.asIntBuffer().put(row);
      digest.update(bytes.array());
    }
    double pixels = (double) row.length * image.getHeight();
    return new PixelContent(
        image.getWidth(),
        image.getHeight(),
        HexFormat.of().formatHex(digest.digest(), 0, 16),
        sketch(image),
        Depth.of(image),
        Levels.of(sums[0], squares[0], pixels),
        Levels.of(sums[1], squares[1], pixels),
        Levels.of(sums[2], squares[2], pixels));
  }

  /**
   * The difference hash: of a small grey version, whether each of 16 x 16 cells is darker than its
   * neighbour to the right. Scaling, compression and brightness hardly change it.
   */
  private static long[] sketch(BufferedImage image) {
    int side = CELLS + 1;
    float[] small = Pixels.chw(image, Framing.stretch(side));
    long[] bits = new long[CELLS * CELLS / Long.SIZE];
    for (int y = 0; y < CELLS; y++) {
      for (int x = 0; x < CELLS; x++) {
        if (grey(small, side, y, x) < grey(small, side, y, x + 1)) {
          int bit = y * CELLS + x;
          bits[bit / Long.SIZE] |= 1L << (bit % Long.SIZE);
        }
      }
    }
    return bits;
  }

  private static float grey(float[] chw, int side, int y, int x) {
    int at = y * side + x;
    return chw[at] + chw[at + side * side] + chw[at + 2 * side * side];
  }
}
