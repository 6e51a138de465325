package io.ocellus.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ocellus.network.Normalization;
import io.ocellus.trainer.training.Augmentation.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PreparationTest {
  private static final byte[] PIXELS = new byte[3 * 4 * 4];

  static {
    for (int i = 0; i < PIXELS.length; i++) {
      PIXELS[i] = (byte) (i + 1);
    }
  }

  @Test
  void schedulesFallAsTheirFormulasSay() {
    assertThat(LearningRates.constant(0.1f).of(7)).isEqualTo(0.1f);
    assertThat(LearningRates.step(0.1f, 10, 0.1f).of(9)).isEqualTo(0.1f);
    assertThat(LearningRates.step(0.1f, 10, 0.1f).of(20)).isCloseTo(0.001f, within(1e-8f));
    assertThat(LearningRates.cosine(0.1f, 10).of(0)).isEqualTo(0.1f);
    assertThat(LearningRates.cosine(0.1f, 10).of(5)).isCloseTo(0.05f, within(1e-8f));
  }

  @Test
  void theSameSeedPlacesAnImageTheSameWay() {
    Augmentation augmentation = new Augmentation(0.5f, 0.25f);
    List<Placement> once = new ArrayList<>();
    List<Placement> again = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      once.add(augmentation.choose(16, new SplittableRandom(i)));
      again.add(augmentation.choose(16, new SplittableRandom(i)));
    }
    assertThat(once).isEqualTo(again);
    assertThat(once).allMatch(p -> Math.abs(p.dx()) <= 4 && Math.abs(p.dy()) <= 4);
    assertThat(once.stream().distinct().count()).isGreaterThan(30);
  }

  @Test
  void mirroringAndShiftingMoveTheRightPixels() {
    float[] plain = write(new Placement(false, 0, 0));
    assertThat(plain[0]).isEqualTo(1 / 255f);
    float[] mirrored = write(new Placement(true, 0, 0));
    assertThat(mirrored[0]).isEqualTo(plain[3]);
    float[] shifted = write(new Placement(false, 1, -1));
    assertThat(shifted[0]).isZero();
    assertThat(shifted[4]).isEqualTo(plain[1]);
    assertThat(shifted[7]).isZero();
  }

  @Test
  void runningOutOfMemoryHalvesTheBatchAndLosesNoImage() {
    List<Integer> sizes = new ArrayList<>();
    int[] halvings = {0};
    BatchSize batchSize = new BatchSize(10, () -> halvings[0]++);
    BatchSize.Step step =
        part -> {
          if (part.images() > 3) {
            throw new IllegalStateException("CUDA out of memory. Tried to allocate 2 GiB");
          }
          sizes.add(part.images());
        };
    batchSize.run(HostBatch.of(new float[10 * 48], new int[10], 2, 4), step);
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
    assertThat(batchSize.images()).isEqualTo(2);
    assertThat(halvings[0]).isEqualTo(2);
  }

  @Test
  void notEvenOneImageIsAClearError() {
    BatchSize batchSize = new BatchSize(1, () -> {});
    assertThatThrownBy(
            () ->
                batchSize.run(
                    HostBatch.of(new float[48], new int[1], 2, 4),
                    part -> {
                      throw new OutOfMemoryError("Cannot reserve direct buffer memory");
                    }))
        .hasMessageContaining("Not even one image fits");
  }

  private static float[] write(Placement placement) {
    float[] target = new float[PIXELS.length];
    new InputScale(Normalization.NONE, 4).write(PIXELS, placement, target, 0);
    return target;
  }
}
