package io.ocellus.trainer.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How well one class is told from the others, or a mean of several. A share of nothing counts as
 * zero, as scikit-learn has it.
 *
 * @param precision share of right ones among images taken for the class
 * @param recall share of right ones among images of the class
 * @param f1 harmonic mean of the two
 * @param support images of the class
 */
public record ClassScore(double precision, double recall, double f1, int support) {
  /**
   * Of one class.
   *
   * @param right images of the class that were taken for it
   * @param predicted images that were taken for it
   * @param support images of it
   */
  static ClassScore of(int right, int predicted, int support) {
    double f1 = predicted + support == 0 ? 0 : 2.0 * right / (predicted + support);
    return new ClassScore(share(right, predicted), share(right, support), f1, support);
  }

  /** Each class counts the same; those without images are left out. */
  public static ClassScore macro(List<ClassScore> scores) {
    return mean(scores, score -> score.support() > 0 ? 1 : 0);
  }

  /** Each class counts by its images. */
  public static ClassScore weighted(List<ClassScore> scores) {
    return mean(scores, ClassScore::support);
  }

  private static ClassScore mean(List<ClassScore> scores, ToDoubleFunction<ClassScore> weight) {
    return new ClassScore(
        mean(scores, weight, ClassScore::precision),
        mean(scores, weight, ClassScore::recall),
        mean(scores, weight, ClassScore::f1),
        scores.stream().mapToInt(ClassScore::support).sum());
  }

  private static double mean(
      List<ClassScore> scores,
      ToDoubleFunction<ClassScore> weight,
      ToDoubleFunction<ClassScore> value) {
    double sum = 0;
    double weights = 0;
    for (ClassScore score : scores) {
      sum += weight.applyAsDouble(score) * value.applyAsDouble(score);
      weights += weight.applyAsDouble(score);
    }
    return weights == 0 ? 0 : sum / weights;
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
