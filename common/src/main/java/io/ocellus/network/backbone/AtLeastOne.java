package io.ocellus.network.backbone;

/** The check that most parameters of a network want. */
final class AtLeastOne {
  private AtLeastOne() {}

  static void check(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " must be at least 1, not " + value);
    }
  }
}
