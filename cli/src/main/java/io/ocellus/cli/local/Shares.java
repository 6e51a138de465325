package io.ocellus.cli.local;

import io.ocellus.trainer.measure.Interval;
import java.util.Locale;

/** Shares as percentages. */
final class Shares {
  private Shares() {}

  static String of(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  static String interval(Interval interval) {
    return String.format(
        Locale.ROOT, "%.1f\u2013%.1f%%", 100 * interval.low(), 100 * interval.high());
  }
}
