package io.ocellus.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * Reads an image row by row as 0xRRGGBB, whatever its layout. Stored levels are taken as they are:
 * no colour profile is applied (Java would brighten greys), transparency is dropped, and of levels
 * of 16 or 32 bits the upper eight are taken.
 */
interface RgbRows {
  /** Fills one row, as wide as the image. */
  void read(int y, int[] row);

  /** The fastest way to read this image. */
  static RgbRows of(BufferedImage image) {
    ColorModel colors = image.getColorModel();
    Raster raster = image.getRaster();
    if (colors instanceof ComponentColorModel && isGreyOrRgb(colors)) {
      int bands = colors.getNumColorComponents();
      if (colors.hasAlpha() && colors.isAlphaPremultiplied()) {
        return unassociated(raster, bands);
      }
      return bytesOf(raster) ? bytes(raster, bands) : samples(raster, bands);
    }
    if (colors instanceof DirectColorModel direct && isPackedRgb(direct)) {
      return (y, row) ->
          raster.getDataElements(raster.getMinX(), raster.getMinY() + y, row.length, 1, row);
    }
    if (isInk(colors) && bytesOf(raster)) {
      return inks(raster);
    }
    if (colors instanceof IndexColorModel palette) {
      return indexed(raster, palette);
    }
    return (y, row) -> image.getRGB(0, y, row.length, 1, row, 0, row.length);
  }

  private static boolean isGreyOrRgb(ColorModel colors) {
    int type = colors.getColorSpace().getType();
    boolean whole =
        colors.getTransferType() == DataBuffer.TYPE_BYTE
            || colors.getTransferType() == DataBuffer.TYPE_USHORT
            || colors.getTransferType() == DataBuffer.TYPE_INT;
    return whole && (type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB);
  }

  private static boolean isInk(ColorModel colors) {
    return colors.getColorSpace().getType() == ColorSpace.TYPE_CMYK
        && colors.getTransferType() == DataBuffer.TYPE_BYTE;
  }

  private static boolean isPackedRgb(DirectColorModel colors) {
    return colors.getTransferType() == DataBuffer.TYPE_INT
        && colors.getRedMask() == 0xff0000
        && colors.getGreenMask() == 0xff00
        && colors.getBlueMask() == 0xff;
  }

  private static boolean bytesOf(Raster raster) {
    return raster.getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getNumBanks() == 1
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel
        && raster.getSampleModelTranslateX() == 0
        && raster.getSampleModelTranslateY() == 0;
  }

  private static RgbRows bytes(Raster raster, int bands) {
    PixelInterleavedSampleModel layout = (PixelInterleavedSampleModel) raster.getSampleModel();
    DataBufferByte buffer = (DataBufferByte) raster.getDataBuffer();
    byte[] data = buffer.getData();
    int[] offsets = layout.getBandOffsets();
    int red = buffer.getOffset() + offsets[0];
    int green = buffer.getOffset() + offsets[bands == 1 ? 0 : 1];
    int blue = buffer.getOffset() + offsets[bands == 1 ? 0 : 2];
    int step = layout.getPixelStride();
    return (y, row) -> {
      int at = y * layout.getScanlineStride();
      for (int x = 0; x < row.length; x++, at += step) {
        row[x] = rgb(data[at + red] & 0xff, data[at + green] & 0xff, data[at + blue] & 0xff);
      }
    };
  }

  /** Cyan, magenta, yellow and black, without a profile: as Pillow's {@code convert("RGB")}. */
  private static RgbRows inks(Raster raster) {
    PixelInterleavedSampleModel layout = (PixelInterleavedSampleModel) raster.getSampleModel();
    DataBufferByte buffer = (DataBufferByte) raster.getDataBuffer();
    byte[] data = buffer.getData();
    int[] bands = layout.getBandOffsets();
    return (y, row) -> {
      int at = buffer.getOffset() + y * layout.getScanlineStride();
      for (int x = 0; x < row.length; x++, at += layout.getPixelStride()) {
        int light = 255 - (data[at + bands[3]] & 0xff);
        row[x] =
            rgb(
                light - covered(data[at + bands[0]], light),
                light - covered(data[at + bands[1]], light),
                light - covered(data[at + bands[2]], light));
      }
    };
  }

  /** The light that an ink takes, rounded. */
  private static int covered(byte ink, int light) {
    int product = (ink & 0xff) * light + 128;
    return (product + (product >> 8)) >> 8;
  }

  private static RgbRows samples(Raster raster, int bands) {
    int all = raster.getNumBands();
    int[] samples = new int[Math.multiplyExact(raster.getWidth(), all)];
    int[] shifts = new int[3];
    int[] band = new int[3];
    for (int i = 0; i < 3; i++) {
      band[i] = bands == 1 ? 0 : i;
      shifts[i] = raster.getSampleModel().getSampleSize(band[i]) - 8;
    }
    return (y, row) -> {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, row.length, 1, samples);
      for (int x = 0; x < row.length; x++) {
        int at = x * all;
        row[x] =
            rgb(
                level(samples[at + band[0]], shifts[0]),
                level(samples[at + band[1]], shifts[1]),
                level(samples[at + band[2]], shifts[2]));
      }
    };
  }

  /** Colours that were stored multiplied by their alpha, divided by it; as Pillow's, of 8 bits. */
  private static RgbRows unassociated(Raster raster, int bands) {
    int all = raster.getNumBands();
    int shift = raster.getSampleModel().getSampleSize(0) - 8;
    int[] samples = new int[Math.multiplyExact(raster.getWidth(), all)];
    return (y, row) -> {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, row.length, 1, samples);
      for (int x = 0; x < row.length; x++) {
        int at = x * all;
        int alpha = level(samples[at + bands], shift);
        int red = divided(level(samples[at], shift), alpha);
        int green = bands == 1 ? red : divided(level(samples[at + 1], shift), alpha);
        int blue = bands == 1 ? red : divided(level(samples[at + 2], shift), alpha);
        row[x] = rgb(red, green, blue);
      }
    };
  }

  private static int divided(int level, int alpha) {
    return alpha == 0 ? level : Math.min(255, level * 255 / alpha);
  }

  private static int rgb(int red, int green, int blue) {
    return (red << 16) | (green << 8) | blue;
  }

  private static int level(int sample, int shift) {
    return shift >= 0 ? sample >>> shift : sample * 255 / ((1 << (8 + shift)) - 1);
  }

  private static RgbRows indexed(Raster raster, IndexColorModel palette) {
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
    return (y, row) -> {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
      for (int x = 0; x < row.length; x++) {
        row[x] = row[x] < colors.length ? colors[row[x]] : 0;
      }
    };
  }
}
