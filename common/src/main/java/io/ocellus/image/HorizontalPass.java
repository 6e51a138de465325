package io.ocellus.image;

import java.awt.image.BufferedImage;

/** Rows of an image, resampled along the row; red, green and blue interleaved. */
final class HorizontalPass {
  private final RgbRows rows;
  private final Resampling resampling;
  private final int[] source;
  private final byte[] resampled;

  HorizontalPass(BufferedImage image, Resampling resampling) {
    this.rows = RgbRows.of(image);
    this.resampling = resampling;
    this.source = new int[image.getWidth()];
    this.resampled = new byte[3 * resampling.shown()];
  }

  /** One row, until the next is asked for. */
  byte[] row(int y) {
    rows.read(y, source);
    int to = 0;
    for (int x = 0; x < resampling.shown(); x++, to += 3) {
      if (resampling.copies(x)) {
        put(to, source[resampling.first(x)]);
      } else {
        sum(to, x);
      }
    }
    return resampled;
  }

  private void put(int to, int pixel) {
    resampled[to] = (byte) (pixel >> 16);
    resampled[to + 1] = (byte) (pixel >> 8);
    resampled[to + 2] = (byte) pixel;
  }

  private void sum(int to, int x) {
    int red = Resampling.zero();
    int green = red;
    int blue = red;
    int at = resampling.first(x);
    for (int weight : resampling.weights(x)) {
      int pixel = source[at++];
      red += (pixel >> 16 & 0xff) * weight;
      green += (pixel >> 8 & 0xff) * weight;
      blue += (pixel & 0xff) * weight;
    }
    resampled[to] = (byte) Resampling.level(red);
    resampled[to + 1] = (byte) Resampling.level(green);
    resampled[to + 2] = (byte) Resampling.level(blue);
  }
}
