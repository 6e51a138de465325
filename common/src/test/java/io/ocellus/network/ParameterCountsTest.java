package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many numbers networks learn, as papers say; {@link TorchvisionTest} has torchvision's. */
class ParameterCountsTest {
  /** He et al. 2016, table 6, in millions. */
  @ParameterizedTest
  @CsvSource({
    "resnet-20, 0.27",
    "resnet-32, 0.46",
    "resnet-44, 0.66",
    "resnet-56, 0.85",
    "resnet-110, 1.7"
  })
  void asManyAsThePaperSaysOfSmallResNets(String name, String millions) {
    double digit = Math.pow(10, millions.indexOf('.') + 1 - millions.length());
    double found = parameters(name, 10) / 1e6;
    assertThat(Math.round(found / digit) * digit)
        .isCloseTo(Double.parseDouble(millions), within(1e-9));
  }

  /** Chollet 2017, table 3. */
  @Test
  void xceptionHasAsManyAsThePaperSays() {
    assertThat(parameters("xception", 1000)).isEqualTo(22_855_952);
  }

  /** The table of the authors' code, in millions; heads there have no bias. */
  @ParameterizedTest
  @CsvSource({
    "shufflenet-v1-x0.5, '12,120,240,480', 3, 0.7",
    "shufflenet-v1-x1.0, '24,240,480,960', 3, 1.9",
    "shufflenet-v1-x1.5, '24,360,720,1440', 3, 3.4",
    "shufflenet-v1-x2.0, '48,480,960,1920', 3, 5.4",
    "shufflenet-v1-x1.0, '24,384,768,1536', 8, 2.4"
  })
  void asManyAsTheAuthorsOfShuffleNetSay(
      String name, String channels, String groups, double millions) {
    Map<String, String> options = Map.of("channels", channels, "groups", groups);
    Network network = Networks.create(new NetworkSpec(name, 1000, options));
    assertThat((network.parameters() - 1000) / 1e6).isCloseTo(millions, within(0.05));
  }

  /** Hu et al. 2018, equation 5: {@code 2 / r} times the sum of {@code N C^2} over the stages. */
  @ParameterizedTest
  @CsvSource({
    "se-resnet-50, resnet-50, 3, 4, 6, 3",
    "se-resnet-101, resnet-101, 3, 4, 23, 3",
    "se-resnet-152, resnet-152, 3, 8, 36, 3",
    "se-resnext-50-32x4d, resnext-50-32x4d, 3, 4, 6, 3"
  })
  void squeezeAndExcitationAddsWhatEquationFiveSays(
      String name, String plain, int n1, int n2, int n3, int n4) {
    long sum = n1 * 256L * 256 + n2 * 512L * 512 + n3 * 1024L * 1024 + n4 * 2048L * 2048;
    assertThat(parameters(name, 1000) - parameters(plain, 1000)).isEqualTo(2 * sum / 16);
  }

  private static long parameters(String name, int classes) {
    return Networks.create(new NetworkSpec(name, classes)).parameters();
  }
}
