package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MobileNetV1Test {
  /** The paper's table 6 says 4.2, 2.6, 1.3 and 0.5 million. */
  @ParameterizedTest
  @CsvSource({"1, 4231976, 1", "0.75, 2600000, 0.02", "0.5, 1300000, 0.04", "0.25, 500000, 0.1"})
  void parametersAreThePapers(String width, long parameters, double within) {
    long found =
        Networks.create(new NetworkSpec("mobilenet-v1", 1000, Map.of("width", width))).parameters();
    assertThat((double) Math.abs(found - parameters))
        .isLessThanOrEqualTo(within < 1 ? within * parameters : 0);
  }
}
