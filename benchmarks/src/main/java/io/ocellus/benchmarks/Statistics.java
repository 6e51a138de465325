package io.ocellus.benchmarks;

import java.util.Collection;
import java.util.List;

/** Order statistics of what was measured. */
public final class Statistics {
  private Statistics() {}

  /** The median; no number where there are no values. */
  public static double median(Collection<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /**
   * The smallest value that so large a share of all values does not exceed (nearest rank); no
   * number where there are no values.
   *
   * @param share above 0, at most 1
   */
  public static double quantile(Collection<Double> values, double share) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
