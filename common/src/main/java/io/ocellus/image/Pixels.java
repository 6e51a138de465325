package io.ocellus.image;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * From a decoded image to a network's input: resized to a square without regard to its shape, RGB
 * in [0,1], channels first. Resizing is antialiased and equals Pillow's {@code
 * convert("RGB").resize((size, size), BILINEAR)}; transparency is dropped, not composited, as
 * there.
 */
public final class Pixels {
  private static final float LEVELS = 255f;

  private Pixels() {}

  /** Shape (3, size, size), row by row. */
  public static float[] chw(BufferedImage image, int size) {
    float[] target = new float[3 * size * size];
    chw(image, size, target, 0);
    return target;
  }

  /** The same, written into a batch from that offset on. */
  public static void chw(BufferedImage image, int size, float[] target, int offset) {
    byte[] narrowed = narrow(image, size);
    Resampling vertical = new Resampling(image.getHeight(), size);
    int stride = 3 * size;
    int[] sums = new int[stride];
    for (int y = 0; y < size; y++) {
      Arrays.fill(sums, Resampling.zero());
      int[] weights = vertical.weights(y);
      int at = vertical.first(y) * stride;
      for (int weight : weights) {
        for (int i = 0; i < stride; i++) {
          sums[i] += (narrowed[at + i] & 0xff) * weight;
        }
        at += stride;
      }
      int plane = size * size;
      int to = offset + y * size;
      for (int x = 0; x < size; x++) {
        target[to + x] = Resampling.level(sums[3 * x]) / LEVELS;
        target[to + x + plane] = Resampling.level(sums[3 * x + 1]) / LEVELS;
        target[to + x + 2 * plane] = Resampling.level(sums[3 * x + 2]) / LEVELS;
      }
    }
  }

  /** All rows, each resized to that width; red, green and blue interleaved. */
  private static byte[] narrow(BufferedImage image, int size) {
    int width = image.getWidth();
    int height = image.getHeight();
    Resampling horizontal = new Resampling(width, size);
    RgbRows rows = RgbRows.of(image);
    int[] row = new int[width];
    byte[] narrowed = new byte[Math.multiplyExact(3 * size, height)];
    int to = 0;
    for (int y = 0; y < height; y++) {
      rows.read(y, row);
      for (int x = 0; x < size; x++) {
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
