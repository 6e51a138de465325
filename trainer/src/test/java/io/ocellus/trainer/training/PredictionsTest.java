package io.ocellus.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionsTest {
  @Test
  void batchesAreGatheredInOrder() {
    Predictions.Gatherer gatherer = new Predictions.Gatherer(2);
    gatherer.add(List.of("a", "b"), new Scores(new float[] {1, 2, 4, 3}, 2, 0, new int[] {0, 1}));
    gatherer.add(List.of("c"), new Scores(new float[] {5, 6}, 2, 0, new int[] {1}));
    Predictions predictions = gatherer.predictions();
    assertThat(predictions.ids()).containsExactly("a", "b", "c");
    assertThat(predictions.labels()).containsExactly(0, 1, 1);
    assertThat(predictions.row(1)).containsExactly(4, 3);
    assertThat(predictions.predicted(2)).isEqualTo(1);
  }

  @Test
  void anImageWithoutLogitsIsNoPrediction() {
    assertThatThrownBy(() -> new Predictions(List.of("a"), new int[] {0}, new float[0], 2))
        .hasMessageContaining("do not go together");
  }
}
