package io.ocellus.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AugmentationsTest {
  @ParameterizedTest
  @MethodSource("catalogue")
  void everyEntryCanBeWrittenAsTheCatalogueSays(AugmentationEntry entry) {
    Augmentations bare = Augmentations.of(List.of(entry.name()));
    Augmentations written = Augmentations.of(List.of(entry.written()));
    for (int seed = 0; seed < 5; seed++) {
      assertThat(changed(written, seed)).containsExactly(changed(bare, seed), nearly());
    }
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void theSameSeedDoesTheSame(AugmentationEntry entry) {
    Augmentations once = Augmentations.of(List.of(entry.name()));
    Augmentations again = Augmentations.of(List.of(entry.name()));
    for (int seed = 0; seed < 20; seed++) {
      assertThat(changed(once, seed)).isEqualTo(changed(again, seed));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rotaton=15, Did you mean rotation?",
    "flip, There are horizontal-flip",
    "rotation=lots, rotation must be a number from 0.0 to 180.0",
    "random-erasing=1.5, must be a number from 0.0 to 1.0",
    "color-jitter=0.2 hew=0.1, Did you mean hue?"
  })
  void aWrongEntryIsNamedWithWhatItMayHaveMeant(String entry, String hint) {
    assertThatThrownBy(() -> Augmentations.of(List.of("horizontal-flip", entry)))
        .hasMessageStartingWith("training.augmentations: '" + entry + "'")
        .hasMessageContaining(hint);
  }

  @Test
  void anEmptyListChangesNothing() {
    float[] unchanged = changed(Augmentations.NONE, 1);
    assertThat(changed(Augmentations.of(List.of()), 2)).isEqualTo(unchanged);
  }

  static List<AugmentationEntry> catalogue() {
    return Augmentations.CATALOGUE;
  }

  private static Offset<Float> nearly() {
    return Offset.offset(1e-3f);
  }

  /** A picture that was changed, and a batch of it and its negative that was mixed. */
  private static float[] changed(Augmentations augmentations, long seed) {
    byte[] levels = new byte[3 * 12 * 12];
    new SplittableRandom(7).nextBytes(levels);
    Picture picture = new Picture(12, 0.5f, 0.5f, 0.5f);
    picture.load(levels);
    augmentations.change(picture, new SplittableRandom(seed));
    float[] pixels = Arrays.copyOf(picture.values(), 2 * levels.length);
    Batch batch = new Batch(pixels, new float[] {1, 0, 0, 1}, 2, 2, 12);
    augmentations.mix(batch, new SplittableRandom(seed));
    return pixels;
  }
}
