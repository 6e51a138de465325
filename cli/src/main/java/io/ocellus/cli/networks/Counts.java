package io.ocellus.cli.networks;

import java.util.Locale;

/** Numbers in columns, to the right. */
final class Counts {
  private static final double MIB = 1024 * 1024;

  private Counts() {}

  /** In groups of three digits. */
  static String of(long count, int width) {
    return String.format(Locale.ROOT, "%," + width + "d", count);
  }

  static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%5.1f MiB", bytes / MIB);
  }
}
