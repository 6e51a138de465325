package io.ocellus.network.backbone;

/** The check of a probability of dropout. */
final class DropRate {
  private DropRate() {}

  static void check(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("drop-rate must be at least 0 and below 1, not " + rate);
    }
  }
}
