package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProbabilityTest {
  @Test
  void theyAddUpToOneForLogitsOfAnySize() {
    assertThat(Probability.of(new float[] {1000, 1000, -1000}, 1)).containsExactly(0.5f, 0.5f, 0f);
    assertThat(Probability.finite(new float[] {1, Float.NaN})).isFalse();
  }

  @Test
  void aTemperatureBringsThemTogetherAndKeepsTheirOrder() {
    float[] sharp = Probability.of(new float[] {2, 0}, 1);
    float[] soft = Probability.of(new float[] {2, 0}, 2);
    assertThat(sharp[0]).isCloseTo(0.880797f, within(1e-6f));
    assertThat(soft[0]).isCloseTo(0.731059f, within(1e-6f));
  }

  @Test
  void surpriseIsTheLogarithmOfWhatTheLabelGot() {
    assertThat(Probability.surprise(new float[] {2, 0}, 2, 0))
        .isCloseTo(-Math.log(0.7310586), within(1e-6));
    assertThat(Probability.surprise(new float[] {0, 1000}, 1, 0)).isEqualTo(1000);
  }
}
