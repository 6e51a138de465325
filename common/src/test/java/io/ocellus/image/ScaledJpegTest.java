package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.testbed.SyntheticImages;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScaledJpegTest {
  private static final int SIDE = 900;

  private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(1_000_000, 1_000_000));
  private final SyntheticImages images = new SyntheticImages(SIDE, 3);
  private final byte[] large = images.jpeg(images.classes().get(0), 1);

  @ParameterizedTest
  @CsvSource({
    "4000, 3000, 224, 4",
    "4000, 3584, 224, 8",
    "3000, 4000, 96, 8",
    "1000, 900, 224, 2",
    "900, 890, 224, 1",
    "64, 4000, 32, 1"
  })
  void atLeastTwoPixelsAreLeftForOneOfTheFrame(int width, int height, int size, int divisor) {
    assertThat(ScaledJpeg.divisor(width, height, Framing.stretch(size))).isEqualTo(divisor);
  }

  /** A letterbox keeps the shape, so that the longer side says how small the image becomes. */
  @Test
  void aNarrowImageInALetterboxBecomesAsSmallAsItsLongerSideAllows() {
    assertThat(ScaledJpeg.divisor(640, 4000, new Framing(224, Resize.LETTERBOX))).isEqualTo(8);
    assertThat(ScaledJpeg.divisor(640, 4000, new Framing(224, Resize.CENTER_CROP))).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aNetworkSeesTheSameAsOfTheWholeImage(Resize resize) throws Exception {
    Framing framing = new Framing(48, resize);
    BufferedImage scaled = decoder.decode(large, framing);

    assertThat(scaled.getWidth()).isEqualTo((SIDE + 7) / 8);
    float[] expected = Pixels.chw(decoder.decode(large), framing);
    float[] seen = Pixels.chw(scaled, framing);
    double[] apart = new double[seen.length];
    Arrays.setAll(apart, i -> 255 * Math.abs(seen[i] - expected[i]));
    assertThat(Arrays.stream(apart).average().orElseThrow()).isLessThan(1);
    assertThat(Arrays.stream(apart).max().orElseThrow()).isLessThan(16);
  }

  @ParameterizedTest
  @MethodSource("jpegs")
  void coloursAndHowTheCameraWasHeldAreThoseOfTheWholeImage(String name) throws Exception {
    byte[] jpeg = SampleImages.bytes(name);
    Framing framing = Framing.stretch(1);
    float[] expected = Pixels.chw(decoder.decode(jpeg), framing);
    float[] seen = Pixels.chw(decoder.decode(jpeg, framing), framing);
    for (int i = 0; i < 3; i++) {
      assertThat(255 * Math.abs(seen[i] - expected[i])).isLessThan(5);
    }
  }

  @ParameterizedTest
  @MethodSource("jpegs")
  void whatIsCutOffAnywhereIsRefused(String name) {
    byte[] whole = SampleImages.bytes(name);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decoder.decode(cut, Framing.stretch(1)))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOf(BadImageException.class);
    }
  }

  private static Stream<String> jpegs() {
    return Stream.concat(
        Stream.of("baseline.jpg", "progressive.jpg", "cmyk.jpg", "grey.jpg"),
        SampleImages.HELD.stream().filter(name -> name.endsWith(".jpg")));
  }
}
