package io.ocellus.image;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * From a decoded image to a network's input: a square of RGB levels, channels first, of which a
 * 255th is the value in [0,1]. Resizing is antialiased and equals Pillow's {@code
 * convert("RGB").resize(…, BILINEAR)}; transparency is dropped, not composited, as there.
 */
public final class Pixels {
  private static final int LEVELS = 256;

  /** Of each level. */
  private static final float[] VALUES = new float[LEVELS];

  static {
    for (int level = 0; level < LEVELS; level++) {
      VALUES[level] = (float) level / (LEVELS - 1);
    }
  }

  private Pixels() {}

  /** Values in [0,1], shape (3, size, size), row by row. */
  public static float[] chw(BufferedImage image, Framing framing) {
    byte[] levels = levels(image, framing);
    float[] values = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      values[i] = value(levels[i]);
    }
    return values;
  }

  /** The value in [0,1] of an unsigned level. */
  public static float value(byte level) {
    return VALUES[level & 0xff];
  }

  /** Unsigned levels, shape (3, size, size), row by row: a quarter of the memory of the values. */
  public static byte[] levels(BufferedImage image, Framing framing) {
    int size = framing.size();
    int plane = size * size;
    Framing.Placement placement = framing.place(image.getWidth(), image.getHeight());
    Resampling vertical = placement.vertical().resampling();
    int top = vertical.first(0);
    byte[] narrowed = narrow(image, placement.horizontal().resampling(), top, vertical.end());
    int width = placement.horizontal().shown();
    int stride = 3 * width;
    byte[] row = new byte[stride];
    int[] sums = new int[stride];
    byte[] target = new byte[3 * plane];
    for (int y = 0; y < placement.vertical().shown(); y++) {
      int at = (vertical.first(y) - top) * stride;
      int to = (placement.vertical().at() + y) * size + placement.horizontal().at();
      if (vertical.copies(y)) {
        spread(narrowed, at, width, target, to, plane);
      } else {
        sum(narrowed, at, vertical.weights(y), sums, row);
        spread(row, 0, width, target, to, plane);
      }
    }
    return target;
  }

  /** One row of several, each with its weight; the sums are scratch. */
  private static void sum(byte[] rows, int begin, int[] weights, int[] sums, byte[] row) {
    Arrays.fill(sums, Resampling.zero());
    int at = begin;
    for (int weight : weights) {
      for (int i = 0; i < row.length; i++) {
        sums[i] += (rows[at + i] & 0xff) * weight;
      }
      at += row.length;
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = (byte) Resampling.level(sums[i]);
    }
  }

  /** Interleaved levels to a row of each plane. */
  private static void spread(byte[] row, int at, int width, byte[] target, int to, int plane) {
    for (int x = 0; x < width; x++) {
      target[to + x] = row[at + 3 * x];
      target[to + x + plane] = row[at + 3 * x + 1];
      target[to + x + 2 * plane] = row[at + 3 * x + 2];
    }
  }

  /** Rows of the image from top to end, each resampled; red, green and blue interleaved. */
  private static byte[] narrow(BufferedImage image, Resampling horizontal, int top, int end) {
    RgbRows rows = RgbRows.of(image);
    int[] row = new int[image.getWidth()];
    int shown = horizontal.shown();
    byte[] narrowed = new byte[Math.multiplyExact(3 * shown, end - top)];
    int to = 0;
    for (int y = top; y < end; y++) {
      rows.read(y, row);
      for (int x = 0; x < shown; x++) {
        if (horizontal.copies(x)) {
          int pixel = row[horizontal.first(x)];
          narrowed[to++] = (byte) (pixel >> 16);
          narrowed[to++] = (byte) (pixel >> 8);
          narrowed[to++] = (byte) pixel;
          continue;
        }
        int red = Resampling.zero();
        int green = red;
        int blue = red;
        int at = horizontal.first(x);
        for (int weight : horizontal.weights(x)) {
          int pixel = row[at++];
          red += (pixel >> 16 & 0xff) * weight;
          green += (pixel >> 8 & 0xff) * weight;
          blue += (pixel & 0xff) * weight;
        }
        narrowed[to++] = (byte) Resampling.level(red);
        narrowed[to++] = (byte) Resampling.level(green);
        narrowed[to++] = (byte) Resampling.level(blue);
      }
    }
    return narrowed;
  }
}
