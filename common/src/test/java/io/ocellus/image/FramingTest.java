package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ocellus.network.Normalization;
import io.ocellus.service.Json;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures are those of Pillow 12.3, through ImageOps.pad and through resize and crop. */
class FramingTest {
  private static final int[] PADDED_40_BY_25_TO_8 = {
    0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0,
    130, 126, 126, 127, 122, 125, 127, 129,
    125, 126, 129, 131, 127, 127, 127, 124,
    126, 127, 126, 126, 126, 127, 129, 129,
    125, 128, 128, 131, 131, 126, 125, 126,
    130, 128, 124, 123, 125, 126, 128, 129,
    0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int[] CROPPED_40_BY_25_TO_8_FIRST_ROWS = {
    132, 123, 113, 141, 104, 142, 123, 124,
    121, 130, 144, 116, 133, 111, 132, 122
  };

  @Test
  void everyLevelIsPillows() {
    assertThat(levels(40, 25, 8, Resize.LETTERBOX, 64)).isEqualTo(PADDED_40_BY_25_TO_8);
    assertThat(levels(40, 25, 8, Resize.CENTER_CROP, 16))
        .isEqualTo(CROPPED_40_BY_25_TO_8_FIRST_ROWS);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 9, 8, LETTERBOX, 6163, 6077, 3070", "7, 9, 8, CENTER_CROP, 8429, 7891, 4201",
    "7, 9, 33, LETTERBOX, 109826, 108964, 54740", "7, 9, 33, CENTER_CROP, 145114, 132581, 72295",
    "40, 25, 12, LETTERBOX, 12211, 12284, 6080", "40, 25, 12, CENTER_CROP, 18390, 18474, 9154",
    "40, 25, 33, LETTERBOX, 87991, 88745, 43823", "40, 25, 33, CENTER_CROP, 138881, 138847, 69149",
    "13, 61, 16, LETTERBOX, 6103, 6137, 3045", "13, 61, 16, CENTER_CROP, 33115, 32165, 16509"
  })
  void channelsAddUpToPillows(
      int width, int height, int size, Resize resize, int red, int green, int blue) {
    int plane = size * size;
    int[] levels = levels(width, height, size, resize, 3 * plane);

    assertThat(Arrays.stream(levels, 0, plane).sum()).isEqualTo(red);
    assertThat(Arrays.stream(levels, plane, 2 * plane).sum()).isEqualTo(green);
    assertThat(Arrays.stream(levels, 2 * plane, 3 * plane).sum()).isEqualTo(blue);
  }

  @Test
  void aSquareImageIsLetterboxedAsItIsStretched() {
    BufferedImage image = pattern(21, 21);

    assertThat(Pixels.chw(image, new Framing(9, Resize.LETTERBOX)))
        .isEqualTo(Pixels.chw(image, Framing.stretch(9)));
  }

  @ParameterizedTest
  @CsvSource({"1, 3000", "3000, 1"})
  void anImageOfOnePixelAcrossIsFramedToo(int width, int height) {
    for (Resize resize : Resize.values()) {
      assertThat(Pixels.chw(pattern(width, height), new Framing(16, resize))).hasSize(768);
    }
  }

  @Test
  void aManifestSaysHowAnImageIsFramedAndAnOlderOneMeansStretched() throws JsonProcessingException {
    Preprocessing preprocessing = new Preprocessing(32, Resize.CENTER_CROP, Normalization.IMAGENET);
    String json = Json.MAPPER.writeValueAsString(preprocessing);
    String older = json.replace("\"resize\":\"center-crop\",", "");

    assertThat(Json.MAPPER.readValue(json, Preprocessing.class)).isEqualTo(preprocessing);
    assertThat(json).contains("\"resize\":\"center-crop\"").doesNotContain("framing");
    assertThat(older).doesNotContain("resize");
    assertThat(Json.MAPPER.readValue(older, Preprocessing.class).resize())
        .isEqualTo(Resize.STRETCH);
  }

  /** At (x, y) red is 37x + 53y modulo 256, green 255 less that, blue half of it. */
  private static BufferedImage pattern(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int level = (37 * x + 53 * y) % 256;
        image.setRGB(x, y, (level << 16) | ((255 - level) << 8) | (level / 2));
      }
    }
    return image;
  }

  private static int[] levels(int width, int height, int size, Resize resize, int count) {
    float[] pixels = Pixels.chw(pattern(width, height), new Framing(size, resize));
    int[] levels = new int[count];
    for (int i = 0; i < count; i++) {
      levels[i] = Math.round(pixels[i] * 255);
    }
    return levels;
  }
}
