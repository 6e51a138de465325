package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PixelsTest {
  private static final int[] PILLOW_4 = {
    63, 121, 179, 141, 161, 147, 114, 110, 96, 109, 148, 165, 143, 174, 95, 95
  };
  private static final int[] PILLOW_7_FIRST_ROWS = {
    14, 51, 88, 125, 162, 199, 167, 77, 114, 151, 188, 225, 146, 43
  };

  @Test
  void everyLevelIsPillows() {
    assertThat(levels(Pixels.chw(pattern(), Framing.stretch(4)), 16)).isEqualTo(PILLOW_4);
    assertThat(levels(Pixels.chw(pattern(), Framing.stretch(7)), 14))
        .isEqualTo(PILLOW_7_FIRST_ROWS);
  }

  @ParameterizedTest
  @CsvSource({"4, 2061, 2019, 1026", "7, 6269, 6226, 3122", "12, 18464, 18256, 9198"})
  void channelsAddUpToPillows(int size, int red, int green, int blue) {
    int[] levels = levels(Pixels.chw(pattern(), Framing.stretch(size)), 3 * size * size);
    int plane = size * size;

    assertThat(Arrays.stream(levels, 0, plane).sum()).isEqualTo(red);
    assertThat(Arrays.stream(levels, plane, 2 * plane).sum()).isEqualTo(green);
    assertThat(Arrays.stream(levels, 2 * plane, 3 * plane).sum()).isEqualTo(blue);
  }

  @Test
  void anImageOfTheRightSizeStaysAsItIs() {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(3, 5, 0x0a141e);
    float[] pixels = Pixels.chw(image, Framing.stretch(8));

    assertThat(pixels[5 * 8 + 3]).isEqualTo(10 / 255f);
    assertThat(pixels[64 + 5 * 8 + 3]).isEqualTo(20 / 255f);
    assertThat(pixels[128 + 5 * 8 + 3]).isEqualTo(30 / 255f);
  }

  @Test
  void aLevelIsTheValueTimes255() {
    byte[] levels = Pixels.levels(pattern(), Framing.stretch(4));
    float[] values = Pixels.chw(pattern(), Framing.stretch(4));
    assertThat(levels).hasSameSizeAs(values);
    for (int i = 0; i < levels.length; i++) {
      assertThat(values[i]).isEqualTo((levels[i] & 0xff) / 255f);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR
      })
  void everyLayoutGivesTheSame(int type) {
    BufferedImage source = pattern();
    BufferedImage image = new BufferedImage(7, 9, type);
    for (int y = 0; y < 9; y++) {
      for (int x = 0; x < 7; x++) {
        image.setRGB(x, y, source.getRGB(x, y));
      }
    }

    assertThat(Pixels.chw(image, Framing.stretch(5)))
        .isEqualTo(Pixels.chw(source, Framing.stretch(5)));
  }

  @Test
  void aPartOfAnImageIsReadFromItsPlace() {
    BufferedImage image = pattern();
    BufferedImage part = image.getSubimage(2, 3, 4, 4);

    assertThat(levels(Pixels.chw(part, Framing.stretch(4)), 1)[0])
        .isEqualTo((image.getRGB(2, 3) >> 16) & 0xff);
  }

  /** 7 x 9; at (x, y) red is 37x + 53y modulo 256, green 255 less that, blue half of it. */
  private static BufferedImage pattern() {
    BufferedImage image = new BufferedImage(7, 9, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 9; y++) {
      for (int x = 0; x < 7; x++) {
        int level = (37 * x + 53 * y) % 256;
        image.setRGB(x, y, (level << 16) | ((255 - level) << 8) | (level / 2));
      }
    }
    return image;
  }

  private static int[] levels(float[] pixels, int count) {
    int[] levels = new int[count];
    for (int i = 0; i < count; i++) {
      levels[i] = Math.round(pixels[i] * 255);
    }
    return levels;
  }
}
