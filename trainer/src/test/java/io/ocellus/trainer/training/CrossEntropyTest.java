package io.ocellus.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Figures are those of {@code torch.nn.functional.cross_entropy}, PyTorch 2.13. */
class CrossEntropyTest {
  private static final Offset<Double> CLOSE = within(1e-6);
  private static final float[] LOGITS = {
    1f, -0.5f, 0.25f, 0.2f, 0.1f, -1.5f, 0f, 2f, 0.5f, -1f, 0.3f, 0.7f
  };
  private static final List<Float> WEIGHTS = List.of(1f, 2f, 0.5f);
  private static final List<String> IDS = List.of("a", "b", "c", "d");
  private static final HostBatch ONE_HOT =
      HostBatch.of(IDS, new float[0], new int[] {0, 2, 1, 1}, 3, 0);
  private static final HostBatch MIXED =
      new HostBatch(
          IDS,
          new float[0],
          new float[] {0.7f, 0.3f, 0, 0, 0, 1, 0.25f, 0.25f, 0.5f, 0, 1, 0},
          3,
          0);

  @Test
  void classIndicesWithWeightsAndSmoothing() {
    assertThat(loss(new CrossEntropy(0, List.of()), ONE_HOT)).isCloseTo(1.0717791, CLOSE);
    assertThat(loss(new CrossEntropy(0, WEIGHTS), ONE_HOT)).isCloseTo(0.7985983, CLOSE);
    assertThat(loss(new CrossEntropy(0.1f, List.of()), ONE_HOT)).isCloseTo(1.0996958, CLOSE);
    assertThat(loss(new CrossEntropy(0.1f, WEIGHTS), ONE_HOT)).isCloseTo(0.8237683, CLOSE);
  }

  @Test
  void mixedTargets() {
    assertThat(loss(CrossEntropy.PLAIN, MIXED)).isCloseTo(1.4967792, CLOSE);
    assertThat(loss(new CrossEntropy(0.1f, List.of()), MIXED)).isCloseTo(1.4821959, CLOSE);
    assertThat(MIXED.labels()).containsExactly(0, 2, 2, 1);
  }

  @Test
  void gradientOfTheFirstImage() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = manager.create(LOGITS, new Shape(4, 3));
      logits.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(new CrossEntropy(0.1f, WEIGHTS).of(logits, ONE_HOT));
      }
      float[] gradient = logits.getGradient().toFloatArray();
      assertThat(gradient[0]).isCloseTo(-0.0606738f, within(1e-6f));
      assertThat(gradient[1]).isCloseTo(0.0122052f, within(1e-6f));
      assertThat(gradient[2]).isCloseTo(0.0484686f, within(1e-6f));
    }
  }

  @Test
  void absurdSettingsAreNamed() {
    assertThatThrownBy(() -> new CrossEntropy(1f, List.of()))
        .hasMessageContaining("training.label-smoothing");
    assertThatThrownBy(() -> new CrossEntropy(0, List.of(1f, -1f)))
        .hasMessageContaining("must not be negative");
  }

  private static double loss(CrossEntropy entropy, HostBatch batch) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = manager.create(LOGITS, new Shape(4, 3));
      return entropy.of(logits, batch).getFloat();
    }
  }
}
