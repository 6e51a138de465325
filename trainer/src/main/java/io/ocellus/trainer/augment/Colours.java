package io.ocellus.trainer.augment;

/** Changes of colour, as torchvision's functional transforms compute them on floats. */
final class Colours {
  private static final int TOP = 255;

  private Colours() {}

  /** Nearer to black below a factor of 1, further from it above. */
  static void brightness(Picture picture, double factor) {
    float[] values = picture.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = clamp(values[i] * (float) factor);
    }
  }

  /** Nearer to the picture's mean grey, or further from it. */
  static void contrast(Picture picture, double factor) {
    double sum = 0;
    for (int i = 0; i < picture.plane(); i++) {
      sum += grey(picture, i);
    }
    float mean = (float) (sum / picture.plane());
    float[] values = picture.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = blend(values[i], mean, factor);
    }
  }

  /** Nearer to each pixel's grey, or further from it. */
  static void saturation(Picture picture, double factor) {
    float[] values = picture.values();
    for (int i = 0; i < picture.plane(); i++) {
      float grey = grey(picture, i);
      for (int at = i; at < values.length; at += picture.plane()) {
        values[at] = blend(values[at], grey, factor);
      }
    }
  }

  /** Nearer to a 3 x 3 smoothed picture, or further from it; the outermost pixels stay. */
  static void sharpness(Picture picture, double factor) {
    float[] values = picture.values();
    float[] before = values.clone();
    int size = picture.size();
    for (int row = 0; row < 3 * size; row++) {
      int y = row % size;
      for (int x = 1; x < size - 1 && y > 0 && y < size - 1; x++) {
        int at = row * size + x;
        float sum = 4 * before[at];
        for (int dy = -size; dy <= size; dy += size) {
          sum += before[at + dy - 1] + before[at + dy] + before[at + dy + 1];
        }
        values[at] = blend(before[at], sum / 13, factor);
      }
    }
  }

  /** Only so many bits of each level. */
  static void posterize(Picture picture, int bits) {
    int mask = TOP & ~((1 << (8 - bits)) - 1);
    float[] values = picture.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = (level(values[i]) & mask) / (float) TOP;
    }
  }

  /** Turns what is at least that bright into its negative. */
  static void solarize(Picture picture, double threshold) {
    float[] values = picture.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] >= threshold ? 1 - values[i] : values[i];
    }
  }

  /** Each channel from 0 to 1. */
  static void autoContrast(Picture picture) {
    float[] values = picture.values();
    for (int from = 0; from < values.length; from += picture.plane()) {
      float least = Float.MAX_VALUE;
      float most = -Float.MAX_VALUE;
      for (int i = from; i < from + picture.plane(); i++) {
        least = Math.min(least, values[i]);
        most = Math.max(most, values[i]);
      }
      for (int i = from; i < from + picture.plane() && most > least; i++) {
        values[i] = (values[i] - least) / (most - least);
      }
    }
  }

  /** Levels of each channel spread so that each is about as frequent. */
  static void equalize(Picture picture) {
    float[] values = picture.values();
    for (int from = 0; from < values.length; from += picture.plane()) {
      int[] counts = new int[TOP + 1];
      int highest = 0;
      for (int i = from; i < from + picture.plane(); i++) {
        int level = level(values[i]);
        counts[level]++;
        highest = Math.max(highest, level);
      }
      int step = (picture.plane() - counts[highest]) / TOP;
      if (step > 0) {
        float[] spread = new float[TOP + 1];
        int below = 0;
        for (int level = 0; level <= TOP; level++) {
          spread[level] = level == 0 ? 0 : Math.min(TOP, (below + step / 2) / step) / (float) TOP;
          below += counts[level];
        }
        for (int i = from; i < from + picture.plane(); i++) {
          values[i] = spread[level(values[i])];
        }
      }
    }
  }

  private static float grey(Picture picture, int pixel) {
    float[] values = picture.values();
    return 0.2989f * values[pixel]
        + 0.587f * values[pixel + picture.plane()]
        + 0.114f * values[pixel + 2 * picture.plane()];
  }

  private static float blend(float value, float other, double factor) {
    return clamp((float) (factor * value + (1 - factor) * other));
  }

  private static float clamp(float value) {
    return Math.min(1, Math.max(0, value));
  }

  private static int level(float value) {
    return Math.round(clamp(value) * TOP);
  }
}
