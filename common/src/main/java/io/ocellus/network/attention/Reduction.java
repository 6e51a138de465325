package io.ocellus.network.attention;

/** The hidden layer of a gate, narrower than its input by a factor. */
final class Reduction {
  private Reduction() {}

  /** C / r, at least one. */
  static long units(long channels, int reduction) {
    return Math.max(1, channels / reduction);
  }

  static void check(int reduction) {
    if (reduction < 1) {
      throw new IllegalArgumentException("reduction must be at least 1, not " + reduction);
    }
  }
}
