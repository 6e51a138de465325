package io.ocellus.image;

/**
 * From CIE 1976 L*a*b* (white point D50, as ICC profiles have it) to sRGB (IEC 61966-2-1), whose
 * primaries are adapted to D50. What sRGB cannot show is clipped, channel by channel, as by the
 * relative colorimetric intent.
 */
final class LabColour {
  /** White point D50: X and Z for Y = 1. */
  private static final double WHITE_X = 0.9642;

  private static final double WHITE_Z = 0.8249;

  /** Below it the function of L*a*b* is linear: 6/29. */
  private static final double LINEAR = 6.0 / 29;

  /** Steps of linear light. */
  private static final int STEPS = 1 << 14;

  /** The level of sRGB for each step of linear light. */
  private static final byte[] LEVELS = new byte[STEPS + 1];

  static {
    for (int step = 0; step <= STEPS; step++) {
      double light = (double) step / STEPS;
      double level = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
      LEVELS[step] = (byte) Math.round(255 * level);
    }
  }

  private LabColour() {}

  /**
   * One colour.
   *
   * @param lab L* in 255ths of 100, a* + 128 and b* + 128, in eight bits each
   * @return 0xRRGGBB
   */
  static int toRgb(int lab) {
    double lightness = ((lab >> 16) & 0xff) * 100 / 255.0;
    double fy = (lightness + 16) / 116;
    double x = WHITE_X * inverse(fy + (((lab >> 8) & 0xff) - 128) / 500.0);
    double y = inverse(fy);
    double z = WHITE_Z * inverse(fy - ((lab & 0xff) - 128) / 200.0);
    int red = level(3.1338561 * x - 1.6168667 * y - 0.4906146 * z);
    int green = level(-0.9787684 * x + 1.9161415 * y + 0.0334540 * z);
    int blue = level(0.0719453 * x - 0.2289914 * y + 1.4052427 * z);
    return (red << 16) | (green << 8) | blue;
  }

  private static double inverse(double t) {
    return t > LINEAR ? t * t * t : 3 * LINEAR * LINEAR * (t - 4.0 / 29);
  }

  private static int level(double light) {
    return LEVELS[(int) Math.round(Math.max(0, Math.min(1, light)) * STEPS)] & 0xff;
  }
}
