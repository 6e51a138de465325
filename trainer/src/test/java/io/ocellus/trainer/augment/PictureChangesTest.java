package io.ocellus.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureChangesTest {
  private static final int SIZE = 16;
  private static final int PLANE = SIZE * SIZE;

  @Test
  void flipsMirrorEveryChannelAndTwiceIsNothing() {
    Picture picture = gradient();
    float[] before = picture.values().clone();
    change("horizontal-flip=1", picture, 0);
    assertThat(picture.values()[0]).isEqualTo(before[SIZE - 1]);
    assertThat(picture.values()[2 * PLANE + SIZE]).isEqualTo(before[2 * PLANE + 2 * SIZE - 1]);
    change("horizontal-flip=1", picture, 0);
    assertThat(picture.values()).isEqualTo(before);
    change("vertical-flip=1", picture, 0);
    assertThat(picture.values()[PLANE]).isEqualTo(before[2 * PLANE - SIZE]);
    change("vertical-flip=1", picture, 0);
    assertThat(picture.values()).isEqualTo(before);
  }

  @Test
  void aFlipComesAsOftenAsItsProbabilitySays() {
    int flipped = 0;
    for (int seed = 0; seed < 400; seed++) {
      Picture picture = gradient();
      float first = picture.values()[0];
      change("horizontal-flip=0.25", picture, seed);
      flipped += picture.values()[0] == first ? 0 : 1;
    }
    assertThat(flipped).isBetween(70, 130);
  }

  @Test
  void aCropShiftsByAtMostItsPaddingAndLeavesBlackBehind() {
    int most = 0;
    for (int seed = 0; seed < 100; seed++) {
      Picture picture = white();
      change("random-crop=0.25", picture, seed);
      int white = count(picture, 1);
      int black = count(picture, 0);
      assertThat(white + black).isEqualTo(3 * PLANE);
      assertThat(white).isGreaterThanOrEqualTo(3 * (SIZE - 4) * (SIZE - 4));
      most = Math.max(most, black);
    }
    assertThat(most).isPositive();
  }

  @Test
  void aResizedCropEnlargesAPartAndInventsNothing() {
    Picture picture = gradient();
    change("random-resized-crop=0.25 to=0.25 ratio=1", picture, 3);
    float[] row = Arrays.copyOf(picture.values(), SIZE);
    assertThat(row).isSorted();
    assertThat(row[SIZE - 1] - row[0]).isCloseTo(7f / (SIZE - 1), within(0.08f));
    Picture white = white();
    change("random-resized-crop", white, 5);
    assertThat(count(white, 1)).isEqualTo(3 * PLANE);
  }

  @Test
  void turningKeepsTheMiddleAndAQuarterTurnIsExact() {
    Picture picture = gradient();
    float[] before = picture.values().clone();
    Affine.rotation(90).apply(picture);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        assertThat(picture.values()[y * SIZE + x])
            .isCloseTo(before[x * SIZE + SIZE - 1 - y], within(1e-4f));
      }
    }
    Picture white = white();
    Affine.rotation(45).apply(white);
    assertThat(white.values()[PLANE / 2 + SIZE / 2]).isCloseTo(1, within(1e-5f));
    assertThat(count(white, 0)).isPositive();
  }

  @Test
  void jitterOfNothingChangesNothing() {
    Picture picture = gradient();
    float[] before = picture.values().clone();
    change("color-jitter=0", picture, 1);
    assertThat(picture.values()).containsExactly(before, within(1e-6f));
  }

  @Test
  void coloursChangeAsTorchvisionComputesThem() {
    Picture picture = one(0.8f, 0.4f, 0.2f);
    Colours.brightness(picture, 1.5);
    assertThat(rgb(picture)).containsExactly(new float[] {1, 0.6f, 0.3f}, within(1e-6f));
    picture = one(0.8f, 0.4f, 0.2f);
    Colours.saturation(picture, 0);
    assertThat(rgb(picture)).containsOnly(0.2989f * 0.8f + 0.587f * 0.4f + 0.114f * 0.2f);
    picture = one(0.8f, 0.4f, 0.2f);
    Hue.shift(picture, 1.0 / 3);
    assertThat(rgb(picture)).containsExactly(new float[] {0.2f, 0.8f, 0.4f}, within(1e-6f));
    Hue.shift(picture, -1.0 / 3);
    assertThat(rgb(picture)).containsExactly(new float[] {0.8f, 0.4f, 0.2f}, within(1e-6f));
    picture = one(0.8f, 0.4f, 0.2f);
    Colours.solarize(picture, 0.7);
    assertThat(rgb(picture)).containsExactly(new float[] {0.2f, 0.4f, 0.2f}, within(1e-6f));
    Colours.posterize(picture, 1);
    assertThat(rgb(picture)).containsOnly(0);
  }

  @Test
  void equalisingSpreadsLevelsAndAutoContrastReachesBothEnds() {
    Picture picture = new Picture(64, 0, 0, 0);
    for (int i = 0; i < picture.values().length; i++) {
      picture.values()[i] = (100 + i % 50) / 255f;
    }
    Colours.equalize(picture);
    assertThat(count(picture, 0)).isPositive();
    assertThat(max(picture)).isGreaterThan(0.95f);
    Picture dim = gradient();
    Colours.brightness(dim, 0.5);
    Colours.autoContrast(dim);
    assertThat(max(dim)).isEqualTo(1);
    assertThat(count(dim, 0)).isPositive();
  }

  @Test
  void theErasedShareLiesInItsRangeAndIsTheMeanToTheNetwork() {
    int erasedPictures = 0;
    for (int seed = 0; seed < 200; seed++) {
      Picture picture = new Picture(64, 0.5f, 0.25f, 0.125f);
      Arrays.fill(picture.values(), 1);
      change("random-erasing=0.5 from=0.1 to=0.3", picture, seed);
      int erased = (int) range(picture.values(), 0, 64 * 64).filter(v -> v == 0.5f).count();
      if (erased > 0) {
        erasedPictures++;
        assertThat(erased / 4096.0).isBetween(0.09, 0.31);
      }
      assertThat(range(picture.values(), 4096, 8192).filter(v -> v == 0.25f).count())
          .isEqualTo(erased);
    }
    assertThat(erasedPictures).isBetween(75, 125);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
  void randAugmentStaysBetweenBlackAndWhite(int seed) {
    Picture picture = gradient();
    change("rand-augment=4 magnitude=30", picture, seed);
    assertThat(range(picture.values(), 0, 3 * PLANE)).allMatch(v -> v >= 0 && v <= 1);
  }

  private static void change(String entry, Picture picture, long seed) {
    Augmentations.of(List.of(entry)).change(picture, new SplittableRandom(seed));
  }

  /** Brighter to the right by a fifteenth of a column, and darker by channel and to the bottom. */
  private static Picture gradient() {
    Picture picture = new Picture(SIZE, 0, 0, 0);
    for (int i = 0; i < picture.values().length; i++) {
      int row = i / SIZE;
      picture.values()[i] = (i % SIZE) / (SIZE - 1f) * (1 - row / 100f);
    }
    return picture;
  }

  private static Picture white() {
    Picture picture = new Picture(SIZE, 0, 0, 0);
    Arrays.fill(picture.values(), 1);
    return picture;
  }

  private static Picture one(float red, float green, float blue) {
    Picture picture = new Picture(1, 0, 0, 0);
    System.arraycopy(new float[] {red, green, blue}, 0, picture.values(), 0, 3);
    return picture;
  }

  private static float[] rgb(Picture picture) {
    return picture.values().clone();
  }

  private static int count(Picture picture, float value) {
    return (int)
        range(picture.values(), 0, picture.values().length).filter(v -> v == value).count();
  }

  private static float max(Picture picture) {
    return range(picture.values(), 0, picture.values().length).max(Float::compare).orElseThrow();
  }

  private static Stream<Float> range(float[] values, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> values[i]);
  }
}
