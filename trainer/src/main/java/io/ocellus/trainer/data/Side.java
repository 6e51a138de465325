package io.ocellus.trainer.data;

import java.util.Locale;
import java.util.Optional;

/** What an image is for: to learn from, or held out to measure what was learned. */
public enum Side {
  TRAIN,
  TEST;

  /** The side that an {@code ocellus_split} header names; {@code val} counts as held out. */
  static Optional<Side> named(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "train" -> Optional.of(TRAIN);
      case "test", "val", "validation" -> Optional.of(TEST);
      default -> Optional.empty();
    };
  }
}
