package io.ocellus.image;

import java.util.Arrays;

/**
 * The weights by which one row or column of pixels becomes a shorter or longer one: an antialiased
 * triangle filter in fixed point, computed as Pillow's {@code resize(BILINEAR)} does, so that
 * networks trained elsewhere see the same pixels here.
 */
final class Resampling {
  private static final int PRECISION = 32 - 8 - 2;
  private static final int HALF = 1 << (PRECISION - 1);

  private final int[] first;
  private final int[][] weights;

  /**
   * From so many pixels to so many pixels, of which a part is wanted.
   *
   * @param skipped how many of the output's pixels are before that part
   * @param shown how many are in it; they are counted from zero hereafter
   */
  Resampling(int from, long to, long skipped, int shown) {
    first = new int[shown];
    weights = new int[shown][];
    double scale = (double) from / to;
    double support = Math.max(scale, 1);
    for (int i = 0; i < shown; i++) {
      double center = (skipped + i + 0.5) * scale;
      int low = Math.max((int) (center - support + 0.5), 0);
      int high = Math.min((int) (center + support + 0.5), from);
      int[] all = fixedPoint(triangle(low, high, center, support));
      int counts = all.length;
      while (all[counts - 1] == 0) {
        counts--;
      }
      first[i] = low;
      weights[i] = Arrays.copyOf(all, counts);
    }
  }

  /** Where the weights of this output pixel begin among the input's pixels. */
  int first(int output) {
    return first[output];
  }

  /** How many output pixels there are. */
  int shown() {
    return first.length;
  }

  /** Where the weights of the last output pixel end. */
  int end() {
    int last = first.length - 1;
    return first[last] + weights[last].length;
  }

  /** How the input's pixels from there on count. */
  int[] weights(int output) {
    return weights[output];
  }

  /** Whether this output pixel is one of the input's: all are where nothing is resized. */
  boolean copies(int output) {
    return weights[output].length == 1;
  }

  /** What a weighted sum starts from. */
  static int zero() {
    return HALF;
  }

  /** The level, 0 to 255, that a weighted sum stands for. */
  static int level(int sum) {
    return Math.min(Math.max(sum >> PRECISION, 0), 255);
  }

  private static double[] triangle(int low, int high, double center, double support) {
    double[] values = new double[high - low];
    double total = 0;
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.max(0, 1 - Math.abs((k + low - center + 0.5) / support));
      total += values[k];
    }
    for (int k = 0; k < values.length; k++) {
      values[k] /= total;
    }
    return values;
  }

  private static int[] fixedPoint(double[] values) {
    int[] fixed = new int[values.length];
    for (int k = 0; k < values.length; k++) {
      fixed[k] = (int) (values[k] * (1 << PRECISION) + 0.5);
    }
    return fixed;
  }
}
