package io.ocellus.trainer.measure;

import io.ocellus.network.Probability;
import io.ocellus.trainer.training.Predictions;

/**
 * The number that logits are divided by so that probabilities mean what they say (Guo et al., On
 * Calibration of Modern Neural Networks, 2017, arXiv:1706.04599, section 4.2). It changes no label.
 */
public final class Temperature {
  /** Few images can ask for anything; what lies beyond is no evidence of calibration. */
  private static final double LOWEST = 0.1;

  private static final double HIGHEST = 10;
  private static final int HALVINGS = 60;

  private Temperature() {}

  /**
   * The temperature that makes the images' labels likeliest. The mean loss is convex in the inverse
   * temperature, so its slope has one zero, which is found by halving. Without a single mistake the
   * loss falls for ever as the temperature does, and without images there is none: 1 then.
   */
  public static double fit(Predictions predictions) {
    if (mistakes(predictions) == 0) {
      return 1;
    }
    double low = 1 / HIGHEST;
    double high = 1 / LOWEST;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = Math.sqrt(low * high);
      if (slope(predictions, middle) > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return 1 / Math.sqrt(low * high);
  }

  /** Mean cross-entropy at that temperature, in nats. */
  public static double loss(Predictions predictions, double temperature) {
    double sum = 0;
    for (int i = 0; i < predictions.images(); i++) {
      sum += Probability.surprise(predictions.row(i), temperature, predictions.labels()[i]);
    }
    return sum / predictions.images();
  }

  private static int mistakes(Predictions predictions) {
    int mistakes = 0;
    for (int i = 0; i < predictions.images(); i++) {
      mistakes += predictions.predicted(i) == predictions.labels()[i] ? 0 : 1;
    }
    return mistakes;
  }

  /** How the summed loss changes with the inverse temperature: expected minus labelled logits. */
  private static double slope(Predictions predictions, double inverse) {
    double slope = 0;
    for (int i = 0; i < predictions.images(); i++) {
      float[] logits = predictions.row(i);
      float[] probabilities = Probability.of(logits, 1 / inverse);
      for (int c = 0; c < logits.length; c++) {
        slope += (double) probabilities[c] * logits[c];
      }
      slope -= logits[predictions.labels()[i]];
    }
    return slope;
  }
}
