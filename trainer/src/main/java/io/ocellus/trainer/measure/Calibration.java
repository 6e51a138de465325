package io.ocellus.trainer.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether images that are given a probability are right that often (Guo et al., On Calibration of
 * Modern Neural Networks, 2017, arXiv:1706.04599, section 2).
 *
 * @param bins of equal width, those that hold images, from low to high
 * @param error expected calibration error: the mean distance of accuracy from confidence over the
 *     bins, weighted by their images
 */
public record Calibration(List<Bin> bins, double error) {
  private static final int BINS = 15;

  /**
   * Images whose highest probability lies in one interval.
   *
   * @param images how many
   * @param confidence mean of the highest probabilities
   * @param accuracy share of those that are right
   */
  public record Bin(int images, double confidence, double accuracy) {}

  /**
   * Measures it with 15 bins.
   *
   * @param probabilities by image, then by class
   * @param labels the class of each image
   */
  public static Calibration of(float[][] probabilities, int[] labels) {
    int[] images = new int[BINS];
    int[] right = new int[BINS];
    double[] confidence = new double[BINS];
    for (int i = 0; i < labels.length; i++) {
      int predicted = highest(probabilities[i]);
      double probability = probabilities[i][predicted];
      int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(probability * BINS) - 1));
      images[bin]++;
      confidence[bin] += probability;
      right[bin] += predicted == labels[i] ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    for (int b = 0; b < BINS; b++) {
      if (images[b] > 0) {
        bins.add(new Bin(images[b], confidence[b] / images[b], (double) right[b] / images[b]));
        error += Math.abs(confidence[b] - right[b]) / labels.length;
      }
    }
    return new Calibration(bins, error);
  }

  private static int highest(float[] row) {
    int best = 0;
    for (int c = 1; c < row.length; c++) {
      best = row[c] > row[best] ? c : best;
    }
    return best;
  }
}
