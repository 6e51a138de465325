package io.ocellus.image;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * From a decoded image to a network's input: a square of RGB values in [0,1], channels first.
 * Resizing is antialiased and equals Pillow's {@code convert("RGB").resize(…, BILINEAR)};
 * transparency is dropped, not composited, as there.
 */
public final class Pixels {
  private static final float LEVELS = 255f;

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
    int[] sums = new int[stride];
    if (width < size || placement.vertical().shown() < size) {
      Arrays.fill(target, offset, offset + 3 * plane, 0);
    }
    for (int y = 0; y < placement.vertical().shown(); y++) {
      Arrays.fill(sums, Resampling.zero());
      int[] weights = vertical.weights(y);
      int at = (vertical.first(y) - top) * stride;
      for (int weight : weights) {
        for (int i = 0; i < stride; i++) {
          sums[i] += (narrowed[at + i] & 0xff) * weight;
        }
        at += stride;
      }
      int to = offset + (placement.vertical().at() + y) * size + placement.horizontal().at();
      for (int x = 0; x < width; x++) {
        target[to + x] = Resampling.level(sums[3 * x]) / LEVELS;
        target[to + x + plane] = Resampling.level(sums[3 * x + 1]) / LEVELS;
        target[to + x + 2 * plane] = Resampling.level(sums[3 * x + 2]) / LEVELS;
      }
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
