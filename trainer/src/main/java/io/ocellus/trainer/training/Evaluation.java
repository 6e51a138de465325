package io.ocellus.trainer.training;

import java.util.Map;
import java.util.TreeMap;

/**
 * How well a network does on some images.
 *
 * @param images how many
 * @param loss mean cross-entropy in nats
 * @param accuracy share of images whose highest logit is their label's
 * @param classAccuracy the same by class, for classes that have images
 */
public record Evaluation(
    int images, double loss, double accuracy, Map<String, Double> classAccuracy) {
  public Evaluation {
    classAccuracy = new TreeMap<>(classAccuracy);
  }

  /** Whether this is the one to keep: more accurate, or as accurate with less loss. */
  boolean betterThan(Evaluation other) {
    return accuracy > other.accuracy || (accuracy == other.accuracy && loss < other.loss);
  }
}
