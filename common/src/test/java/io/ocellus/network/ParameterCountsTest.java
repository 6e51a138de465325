package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many numbers networks learn, as published. */
class ParameterCountsTest {
  /** torchvision's {@code num_params}, for ImageNet's 1000 classes. */
  @ParameterizedTest
  @CsvSource({
    "densenet-161, 28681000",
    "resnet-18, 11689512",
    "resnet-34, 21797672",
    "resnet-50, 25557032",
    "resnet-101, 44549160",
    "resnet-152, 60192808",
    "resnext-50-32x4d, 25028904",
    "resnext-101-32x8d, 88791336"
  })
  void asManyAsTorchvisions(String name, long parameters) {
    assertThat(parameters(name, 1000)).isEqualTo(parameters);
  }

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
