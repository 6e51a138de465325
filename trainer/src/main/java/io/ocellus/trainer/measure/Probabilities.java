package io.ocellus.trainer.measure;

import io.ocellus.network.Probability;
import io.ocellus.trainer.training.Predictions;

/** What predictions say as probabilities: by image, then by class. */
public final class Probabilities {
  private Probabilities() {}

  /** {@code softmax(logits / temperature)} of each image. */
  public static float[][] of(Predictions predictions, double temperature) {
    float[][] probabilities = new float[predictions.images()][];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = Probability.of(predictions.row(i), temperature);
    }
    return probabilities;
  }
}
