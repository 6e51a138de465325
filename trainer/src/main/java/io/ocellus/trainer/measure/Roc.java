package io.ocellus.trainer.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The receiver operating characteristic of one class against the rest: what share of the rest must
 * be taken for the class to find a share of it, as the threshold falls.
 *
 * @param points false-positive and true-positive rate each, from (0, 0) to (1, 1)
 * @param area under the curve: the chance that an image of the class scores above one of the rest,
 *     ties counting half; not a number where one side has no image
 */
@SuppressWarnings("ArrayRecordComponent")
public record Roc(List<double[]> points, double area) {

  /**
   * Of one class.
   *
   * @param probabilities by image, then by class
   * @param labels the class of each image
   * @param label the class
   */
  public static Roc of(float[][] probabilities, int[] labels, int label) {
    int[] byScore =
        IntStream.range(0, labels.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -probabilities[i][label]))
            .mapToInt(Integer::intValue)
            .toArray();
    long positives = IntStream.of(labels).filter(l -> l == label).count();
    long negatives = labels.length - positives;
    List<double[]> points = new ArrayList<>(List.of(new double[] {0, 0}));
    long hits = 0;
    long alarms = 0;
    double area = 0;
    double[] before = points.get(0);
    for (int i = 0; i < byScore.length; i++) {
      if (labels[byScore[i]] == label) {
        hits++;
      } else {
        alarms++;
      }
      boolean tied =
          i + 1 < byScore.length
              && probabilities[byScore[i]][label] == probabilities[byScore[i + 1]][label];
      if (!tied) {
        double[] point = {(double) alarms / negatives, (double) hits / positives};
        area += (point[0] - before[0]) * (point[1] + before[1]) / 2;
        points.add(point);
        before = point;
      }
    }
    return positives == 0 || negatives == 0
        ? new Roc(List.of(), Double.NaN)
        : new Roc(corners(points), area);
  }

  /** Of every class. */
  public static List<Roc> each(float[][] probabilities, int[] labels, int classes) {
    return IntStream.range(0, classes).mapToObj(c -> of(probabilities, labels, c)).toList();
  }

  /** The mean area of the classes that have one. */
  public static double macro(List<Roc> each) {
    return each.stream()
        .mapToDouble(Roc::area)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /** The mean area of those classes, each counted by its images. */
  public static double weighted(List<Roc> each, List<ClassScore> scores) {
    double sum = 0;
    double images = 0;
    for (int c = 0; c < each.size(); c++) {
      if (Double.isFinite(each.get(c).area())) {
        sum += each.get(c).area() * scores.get(c).support();
        images += scores.get(c).support();
      }
    }
    return images == 0 ? Double.NaN : sum / images;
  }

  private static List<double[]> corners(List<double[]> points) {
    List<double[]> corners = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      boolean straight =
          i > 0 && i < points.size() - 1 && (sameAt(points, i, 0) || sameAt(points, i, 1));
      if (!straight) {
        corners.add(points.get(i));
      }
    }
    return corners;
  }

  private static boolean sameAt(List<double[]> points, int i, int coordinate) {
    double here = points.get(i)[coordinate];
    return here == points.get(i - 1)[coordinate] && here == points.get(i + 1)[coordinate];
  }
}
