package io.ocellus.network;

/** Logits to probabilities. */
public final class Probability {
  private Probability() {}

  /**
   * {@code softmax(logits / temperature)}: as many values, which add up to 1.
   *
   * @param temperature above zero; the higher, the more alike they become
   */
  public static float[] of(float[] logits, double temperature) {
    double highest = highest(logits);
    double[] powers = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      powers[i] = Math.exp((logits[i] - highest) / temperature);
      sum += powers[i];
    }
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (powers[i] / sum);
    }
    return probabilities;
  }

  /** The cross-entropy of one image in nats: {@code -log of(logits, temperature)[label]}. */
  public static double surprise(float[] logits, double temperature, int label) {
    double highest = highest(logits);
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp((logit - highest) / temperature);
    }
    return Math.log(sum) - (logits[label] - highest) / temperature;
  }

  /** Whether every logit is a number that {@link #of} can take. */
  public static boolean finite(float[] logits) {
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        return false;
      }
    }
    return true;
  }

  private static double highest(float[] logits) {
    double highest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      highest = Math.max(highest, logit);
    }
    return highest;
  }
}
