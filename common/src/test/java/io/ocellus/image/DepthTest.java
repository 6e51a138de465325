package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.image.PixelContent.Depth;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DepthTest {
  private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(1_000_000, 1_000_000));

  @ParameterizedTest
  @CsvSource({
    "g12in16.png, 16, 12, true",
    "g12in16.tif, 16, 12, true",
    "g16.png, 16, 16, false",
    "rgb16.tif, 16, 16, false",
    "rgba16.png, 16, 16, false",
    "g12.tif, 8, 8, false",
    "g4.png, 8, 8, false",
    "rgb-i.png, 8, 8, false"
  })
  void valuesOfTwelveBitsInSixteenAreNearBlack(String name, int stored, int used, boolean nearBlack)
      throws Exception {
    byte[] bytes = SampleImages.bytes("pillow/" + name);
    Depth depth = PixelContent.of(decoder.decode(bytes)).depth();

    assertThat(depth).isEqualTo(new Depth(stored, used));
    assertThat(depth.isNearBlack()).isEqualTo(nearBlack);
  }
}
