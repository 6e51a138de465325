package io.ocellus.trainer.measure;

/**
 * Between which values a share lies with 95% confidence.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {
  private static final double Z = 1.959964;

  /**
   * Wilson's score interval (E. B. Wilson, 1927; Brown, Cai and DasGupta, Interval Estimation for a
   * Binomial Proportion, 2001, equation 4). It takes images for independent: near-copies of one
   * another make it too narrow.
   *
   * @param right how many of them
   * @param all there are
   */
  public static Interval wilson(int right, int all) {
    if (all == 0) {
      return new Interval(0, 1);
    }
    double share = (double) right / all;
    double z2 = Z * Z / all;
    double centre = (share + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt(share * (1 - share) / all + z2 / (4 * all)) / (1 + z2);
    return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
