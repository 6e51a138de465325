package io.ocellus.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchMixesTest {
  private static final int IMAGES = 4;
  private static final int SIZE = 16;
  private static final int FLOATS = 3 * SIZE * SIZE;

  @Test
  void mixupMixesPixelsAndTargetsByTheSameWeightAndKeepsTheMean() {
    for (int seed = 0; seed < 20; seed++) {
      Batch batch = mixed("mixup=0.4", seed);
      float own = batch.targets()[0];
      assertThat(sum(batch.pixels())).isCloseTo(FLOATS * (0 + 1 + 2 + 3), within(0.5));
      for (int image = 0; image < IMAGES; image++) {
        int partner = (image + 3) % IMAGES;
        assertThat(batch.targets()[image * IMAGES + image]).isEqualTo(own);
        assertThat(batch.targets()[image * IMAGES + partner]).isCloseTo(1 - own, within(1e-6f));
        assertThat(batch.pixels()[image * FLOATS + 7])
            .isCloseTo(own * image + (1 - own) * partner, within(1e-5f));
      }
    }
  }

  @Test
  void cutmixTargetsAreTheAreasOfWhatIsSeen() {
    for (int seed = 0; seed < 20; seed++) {
      Batch batch = mixed("cutmix", seed);
      for (int image = 0; image < IMAGES; image++) {
        int partner = (image + 3) % IMAGES;
        int pasted = 0;
        for (int i = image * FLOATS; i < (image + 1) * FLOATS; i++) {
          assertThat(batch.pixels()[i]).isIn((float) image, (float) partner);
          pasted += batch.pixels()[i] == partner ? 1 : 0;
        }
        assertThat(batch.targets()[image * IMAGES + partner])
            .isCloseTo((float) pasted / FLOATS, within(1e-6f));
      }
    }
  }

  @Test
  void targetsStillSumToOne() {
    for (String entry : List.of("mixup", "cutmix")) {
      Batch batch = mixed(entry, 11);
      for (int image = 0; image < IMAGES; image++) {
        double sum = 0;
        for (int c = 0; c < IMAGES; c++) {
          sum += batch.targets()[image * IMAGES + c];
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void oneOfSeveralMixesEachBatch() {
    Augmentations both = Augmentations.of(List.of("mixup", "cutmix"));
    int blended = 0;
    for (int seed = 0; seed < 100; seed++) {
      Batch batch = batch();
      both.mix(batch, new SplittableRandom(seed));
      float pixel = batch.pixels()[FLOATS];
      blended += pixel == Math.rint(pixel) ? 0 : 1;
    }
    assertThat(blended).isBetween(30, 70);
  }

  @Test
  void weightsAreDrawnFromTheBetaDistribution() {
    for (double alpha : List.of(0.2, 1.0, 3.0)) {
      SplittableRandom random = new SplittableRandom(1);
      List<Double> draws = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        draws.add(Beta.draw(alpha, random));
      }
      double mean = draws.stream().mapToDouble(d -> d).average().orElseThrow();
      double variance =
          draws.stream().mapToDouble(d -> (d - mean) * (d - mean)).average().orElseThrow();
      assertThat(mean).isCloseTo(0.5, within(0.01));
      assertThat(variance).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.005));
    }
  }

  private static Batch mixed(String entry, long seed) {
    Batch batch = batch();
    Augmentations.of(List.of(entry)).mix(batch, new SplittableRandom(seed));
    return batch;
  }

  /** Image i is of class i, and all its values are i. */
  private static Batch batch() {
    Batch batch =
        new Batch(new float[IMAGES * FLOATS], new float[IMAGES * IMAGES], IMAGES, IMAGES, SIZE);
    for (int i = 0; i < batch.pixels().length; i++) {
      int image = i / FLOATS;
      batch.pixels()[i] = image;
    }
    for (int image = 0; image < IMAGES; image++) {
      batch.targets()[image * IMAGES + image] = 1;
    }
    return batch;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
