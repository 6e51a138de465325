package io.ocellus.trainer.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ocellus.trainer.training.Predictions;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Figures are those of scikit-learn 1.9.1, and of SciPy's minimize_scalar for the temperature. */
class MeasureTest {
  private static final Offset<Double> CLOSE = within(1e-6);
  private static final int[] LABELS = {0, 1, 2, 0, 1, 2, 0, 1, 0, 1, 0, 1};
  private static final float[] LOGITS = {
    5.4f, -0.9f, 0.1f, 0.8f, 0.4f, 0f, -0f, -3.5f, 4f, 2.5f, -3.1f, 3.3f, 1f, 1.5f, -0.5f, -2.9f,
    1.1f, 2.2f, 2.5f, -3.1f, 3.3f, 0.3f, 1.2f, 4.1f, 1.9f, -2.9f, -0.8f, -4.6f, 4.1f, -0.8f, 0.5f,
    2.1f, -3.3f, 1.1f, -2.1f, -1.3f
  };
  private static final Predictions PREDICTIONS =
      new Predictions(Collections.nCopies(12, "image"), LABELS, LOGITS, 3);

  @Test
  void imagesAreCountedByTrueAndPredictedClass() {
    assertThat(Confusion.of(PREDICTIONS).counts())
        .isDeepEqualTo(new int[][] {{2, 1, 2}, {2, 2, 1}, {0, 0, 2}});
  }

  @Test
  void precisionRecallAndF1() {
    List<ClassScore> scores = Confusion.of(PREDICTIONS).scores();
    assertThat(scores.get(0).precision()).isCloseTo(0.5, CLOSE);
    assertThat(scores.get(1).recall()).isCloseTo(0.4, CLOSE);
    assertThat(scores.get(2).f1()).isCloseTo(0.5714286, CLOSE);
    assertThat(ClassScore.macro(scores).precision()).isCloseTo(0.5222222, CLOSE);
    assertThat(ClassScore.macro(scores).f1()).isCloseTo(0.5052910, CLOSE);
    assertThat(ClassScore.weighted(scores).precision()).isCloseTo(0.5527778, CLOSE);
    assertThat(ClassScore.weighted(scores).f1()).isCloseTo(0.4887566, CLOSE);
  }

  @Test
  void areasUnderTheCurvesCountTiesHalf() {
    List<Roc> each = Roc.each(Probabilities.of(PREDICTIONS, 1), LABELS, 3);
    assertThat(each.get(0).area()).isCloseTo(0.7428571, CLOSE);
    assertThat(each.get(1).area()).isCloseTo(0.8285714, CLOSE);
    assertThat(each.get(2).area()).isCloseTo(0.95, CLOSE);
    assertThat(Roc.macro(each)).isCloseTo(0.8404762, CLOSE);
    assertThat(each.get(0).points().get(0)).containsExactly(0, 0);
    assertThat(each.get(0).points().get(each.get(0).points().size() - 1)).containsExactly(1, 1);
  }

  @Test
  void aClassWithoutImagesHasNoCurveAndNoWeight() {
    Predictions two = new Predictions(List.of("a", "b"), new int[] {0, 1}, new float[6], 3);
    Roc third = Roc.of(Probabilities.of(two, 1), two.labels(), 2);
    assertThat(third.area()).isNaN();
    assertThat(third.points()).isEmpty();
    assertThat(ClassScore.macro(Confusion.of(two).scores()).recall()).isCloseTo(0.5, CLOSE);
  }

  @Test
  void theTemperatureMakesTheLabelsLikeliest() {
    double temperature = Temperature.fit(PREDICTIONS);
    assertThat(temperature).isCloseTo(2.4725353, within(1e-4));
    assertThat(Temperature.loss(PREDICTIONS, 1)).isCloseTo(1.0445108, CLOSE);
    assertThat(Temperature.loss(PREDICTIONS, temperature)).isCloseTo(0.8158922, CLOSE);
  }

  @Test
  void confidenceIsHeldAgainstAccuracy() {
    double before = Calibration.of(Probabilities.of(PREDICTIONS, 1), LABELS).error();
    double after = Calibration.of(Probabilities.of(PREDICTIONS, 2.472535277), LABELS).error();
    assertThat(before).isCloseTo(0.4277320, CLOSE);
    assertThat(after).isCloseTo(0.3603890, CLOSE);
  }

  @Test
  void withoutAMistakeThereIsNothingToFit() {
    Predictions right = new Predictions(List.of("a"), new int[] {1}, new float[] {0, 3}, 2);
    assertThat(Temperature.fit(right)).isEqualTo(1);
  }

  @Test
  void whatTheImagesCannotTellStaysWithinBounds() {
    Predictions wrong = new Predictions(List.of("a"), new int[] {0}, new float[] {0, 3}, 2);
    assertThat(Temperature.fit(wrong)).isCloseTo(10, within(1e-6));
  }
}
