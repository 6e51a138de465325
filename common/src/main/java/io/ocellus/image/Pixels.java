package io.ocellus.image;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * From a decoded image to a network's input: a square of RGB values in [0,1], channels first.
 * Resizing is antialiased and equals Pillow's {@code convert("RGB").resize(…, BILINEAR)};
 * transparency is dropped, not composited, as there.
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

  /** Shape (3, size, size), row by row. */
  public static float[] chw(BufferedImage image, Framing framing) {
    float[] target = new float[3 * framing.size() * framing.size()];
    chw(image, framing, target, 0);
    return target;
  }

  /** The same, written into a batch from that offset on. */
  public static void chw(BufferedImage image, Framing framing, float[] target, int offset) {
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
    if (width < size || placement.vertical().shown() < size) {
      Arrays.fill(target, offset, offset + 3 * plane, 0);
    }
    for (int y = 0; y < placement.vertical().shown(); y++) {
      int at = (vertical.first(y) - top) * stride;
      int to = offset + (placement.vertical().at() + y) * size + placement.horizontal().at();
      if (vertical.copies(y)) {
        spread(narrowed, at, width, target, to, plane);
      } else {
        sum(narrowed, at, vertical.weights(y), sums, row);
        spread(row, 0, width, target, to, plane);
      }
    }
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
  private static void spread(byte[] levels, int at, int width, float[] target, int to, int plane) {
    for (int x = 0; x < width; x++) {
      target[to + x] = VALUES[levels[at + 3 * x] & 0xff];
      target[to + x + plane] = VALUES[levels[at + 3 * x + 1] & 0xff];
      target[to + x + 2 * plane] = VALUES[levels[at + 3 * x + 2] & 0xff];
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
