package io.ocellus.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBufferInt;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;
import javax.imageio.IIOException;

/**
 * Colours of a TIFF that the decoder hands over as they are stored, and what becomes of them: CIE
 * L*a*b*, colours multiplied by their alpha, and levels of other than 8 or 16 bits.
 *
 * @param photometric tag 262
 * @param bits of a sample
 * @param associated whether colours are multiplied by alpha
 */
record TiffColours(int photometric, int bits, boolean associated) {
  private static final int BITS_PER_SAMPLE = 258;
  private static final int PHOTOMETRIC = 262;
  private static final int EXTRA_SAMPLES = 338;
  private static final int ASSOCIATED_ALPHA = 1;
  private static final int WHITE_IS_ZERO = 0;
  private static final int RGB = 2;
  private static final int CIE_LAB = 8;
  private static final int ICC_LAB = 9;

  static TiffColours of(byte[] tiff) throws IIOException {
    TiffDirectory directory = TiffDirectory.read(ByteBuffer.wrap(tiff));
    return new TiffColours(
        (int) directory.number(PHOTOMETRIC, WHITE_IS_ZERO),
        (int) directory.number(BITS_PER_SAMPLE, 1),
        directory.number(EXTRA_SAMPLES, 0) == ASSOCIATED_ALPHA);
  }

  /** What the decoder is told that the colours are. */
  static long forDecoder(long photometric) {
    return photometric == CIE_LAB || photometric == ICC_LAB ? RGB : photometric;
  }

  /**
   * The image in red, green and blue; the same one where the decoder saw to it.
   *
   * @param check called at each row; what it throws gets out
   */
  BufferedImage toRgb(BufferedImage stored, Runnable check) throws IIOException {
    if (photometric == CIE_LAB || photometric == ICC_LAB) {
      Structure.require(stored.getRaster().getNumBands() >= 3, "too few samples for L*a*b*");
      int zero = photometric == CIE_LAB ? 0x80 : 0;
      return changed(stored, lab -> LabColour.toRgb(lab ^ ((zero << 8) | zero)), check);
    }
    if (stored.getColorModel() instanceof ComponentColorModel colours) {
      if (bits % Byte.SIZE != 0) {
        return scaled(stored, check);
      }
      if (associated && colours.hasAlpha() && !colours.isAlphaPremultiplied()) {
        return new BufferedImage(premultiplied(colours), stored.getRaster(), true, null);
      }
    }
    return stored;
  }

  private static ColorModel premultiplied(ComponentColorModel colours) {
    return new ComponentColorModel(
        colours.getColorSpace(), true, true, colours.getTransparency(), colours.getTransferType());
  }

  private static BufferedImage changed(
      BufferedImage stored, IntUnaryOperator change, Runnable check) {
    BufferedImage image = empty(stored);
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    RgbRows rows = RgbRows.of(stored);
    int[] row = new int[stored.getWidth()];
    for (int y = 0; y < stored.getHeight(); y++) {
      check.run();
      rows.read(y, row);
      for (int x = 0; x < row.length; x++) {
        pixels[y * row.length + x] = change.applyAsInt(row[x]);
      }
    }
    return image;
  }

  /** The decoder leaves such samples in the lower bits of 8 or 16. */
  private BufferedImage scaled(BufferedImage stored, Runnable check) {
    BufferedImage image = empty(stored);
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    Raster raster = stored.getRaster();
    int width = stored.getWidth();
    int bands = raster.getNumBands();
    int[] samples = new int[Math.multiplyExact(width, bands)];
    for (int y = 0; y < stored.getHeight(); y++) {
      check.run();
      raster.getPixels(0, y, width, 1, samples);
      for (int x = 0; x < width; x++) {
        int red = level(samples[x * bands]);
        int green = bands < 3 ? red : level(samples[x * bands + 1]);
        int blue = bands < 3 ? red : level(samples[x * bands + 2]);
        pixels[y * width + x] = (red << 16) | (green << 8) | blue;
      }
    }
    return image;
  }

  private int level(int sample) {
    int most = (1 << bits) - 1;
    return bits > Byte.SIZE ? (sample & most) >> (bits - Byte.SIZE) : (sample & most) * 255 / most;
  }

  private static BufferedImage empty(BufferedImage stored) {
    return new BufferedImage(stored.getWidth(), stored.getHeight(), BufferedImage.TYPE_INT_RGB);
  }
}
