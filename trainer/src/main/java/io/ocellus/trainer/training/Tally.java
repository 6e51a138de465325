package io.ocellus.trainer.training;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up scores over batches, by class. */
final class Tally {
  private final List<String> classes;
  private final int[] images;
  private final int[] right;
  private double loss;

  Tally(List<String> classes) {
    this.classes = classes;
    this.images = new int[classes.size()];
    this.right = new int[classes.size()];
  }

  void add(Scores scores) {
    loss += (double) scores.loss() * scores.images();
    for (int i = 0; i < scores.images(); i++) {
      int label = scores.labels()[i];
      images[label]++;
      if (scores.predicted(i) == label) {
        right[label]++;
      }
    }
  }

  /** Mean so far. */
  double loss() {
    return loss / Arrays.stream(images).sum();
  }

  /** Share of right ones so far. */
  double accuracy() {
    return (double) Arrays.stream(right).sum() / Arrays.stream(images).sum();
  }

  Evaluation evaluation() {
    int all = 0;
    int allRight = 0;
    Map<String, Double> accuracies = new TreeMap<>();
    for (int c = 0; c < images.length; c++) {
      all += images[c];
      allRight += right[c];
      if (images[c] > 0) {
        accuracies.put(classes.get(c), (double) right[c] / images[c]);
      }
    }
    return all == 0
        ? new Evaluation(0, Double.NaN, Double.NaN, Map.of())
        : new Evaluation(all, loss / all, (double) allRight / all, accuracies);
  }
}
