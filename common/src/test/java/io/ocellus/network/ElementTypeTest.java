package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementTypeTest {
  /** Neighbours of 1 are 1/128 apart. */
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-2.5, -2.5",
    "1.0039, 1",
    "1.003907, 1.0078125",
    "1.00390625, 1",
    "1.01171875, 1.015625",
    "-0.0, -0.0",
    "3.4e38, Infinity",
    "-Infinity, -Infinity",
  })
  void bfloat16IsRoundedToTheNearestAndToEvenInTheMiddle(float value, float rounded) {
    assertThat(throughBfloat16(value)).isEqualTo(rounded);
  }

  @Test
  void everyNanStaysOne() {
    assertThat(throughBfloat16(Float.NaN)).isNaN();
    assertThat(throughBfloat16(Float.intBitsToFloat(0x7fffffff))).isNaN();
  }

  private static float throughBfloat16(float value) {
    return ElementType.BF16.decode(ElementType.BF16.encode(new float[] {value}))[0];
  }
}
