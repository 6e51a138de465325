package io.ocellus.trainer.augment;

/** Turns the colour circle, through hue, saturation and value. */
final class Hue {
  private Hue() {}

  /**
   * Shifts every pixel's hue.
   *
   * @param turns of the colour circle
   */
  static void shift(Picture picture, double turns) {
    float[] values = picture.values();
    int plane = picture.plane();
    for (int i = 0; i < plane; i++) {
      float red = values[i];
      float green = values[i + plane];
      float blue = values[i + 2 * plane];
      float most = Math.max(red, Math.max(green, blue));
      float range = most - Math.min(red, Math.min(green, blue));
      if (range > 0) {
        double sixth = sixth(red, green, blue, most, range) + 6 * turns;
        values[i] = channel(sixth + 5, most, range);
        values[i + plane] = channel(sixth + 3, most, range);
        values[i + 2 * plane] = channel(sixth + 1, most, range);
      }
    }
  }

  /** The hue in sixths of the circle, from red. */
  private static double sixth(float red, float green, float blue, float most, float range) {
    if (most == red) {
      return (green - blue) / range;
    }
    return most == green ? 2 + (blue - red) / range : 4 + (red - green) / range;
  }

  private static float channel(double sixth, float most, float range) {
    double k = sixth - 6 * Math.floor(sixth / 6);
    return (float) (most - range * Math.max(0, Math.min(Math.min(k, 4 - k), 1)));
  }
}
