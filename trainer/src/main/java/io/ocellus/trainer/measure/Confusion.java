package io.ocellus.trainer.measure;

import io.ocellus.trainer.training.Predictions;
import java.util.ArrayList;
import java.util.List;

/**
 * How often images of each class were taken for each class.
 *
 * @param counts by true class, then by predicted class
 */
@SuppressWarnings("ArrayRecordComponent")
public record Confusion(int[][] counts) {
  /** Counts. */
  public static Confusion of(Predictions predictions) {
    int[][] counts = new int[predictions.classes()][predictions.classes()];
    for (int i = 0; i < predictions.images(); i++) {
      counts[predictions.labels()[i]][predictions.predicted(i)]++;
    }
    return new Confusion(counts);
  }

  /** How many images are of that class. */
  public int support(int label) {
    int sum = 0;
    for (int count : counts[label]) {
      sum += count;
    }
    return sum;
  }

  /** How many images were taken for that class. */
  public int predicted(int label) {
    int sum = 0;
    for (int[] row : counts) {
      sum += row[label];
    }
    return sum;
  }

  /** Precision, recall and F1 of each class, in the order of the classes. */
  public List<ClassScore> scores() {
    List<ClassScore> scores = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      scores.add(ClassScore.of(counts[label][label], predicted(label), support(label)));
    }
    return scores;
  }
}
