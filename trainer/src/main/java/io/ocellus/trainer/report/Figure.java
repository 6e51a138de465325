package io.ocellus.trainer.report;

import java.util.Locale;

/** Numbers as a report writes them. */
final class Figure {
  private Figure() {}

  static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f%%", 100 * share) : "–";
  }

  static String decimal(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "–";
  }

  static String small(double value) {
    return String.format(Locale.ROOT, "%.2e", value);
  }
}
