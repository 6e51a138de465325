package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Compares logits relative to the largest of those expected. */
final class Logits {
  private Logits() {}

  static void assertClose(float[] actual, float[] expected, double relative) {
    double scale = 0;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .as("logit %d", i)
          .isCloseTo(expected[i], within(relative * scale));
    }
  }
}
