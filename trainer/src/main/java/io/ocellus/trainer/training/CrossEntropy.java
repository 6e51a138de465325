package io.ocellus.trainer.training;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Cross-entropy in nats as {@code torch.nn.CrossEntropyLoss}, with targets that may be mixed:
 *
 * <pre>
 * -Σ w[c] t'[n,c] log softmax(logits)[n,c] / Σ w[c] t[n,c],  t' = (1 - smoothing) t + smoothing / classes
 * </pre>
 *
 * <p>For one-hot targets that is PyTorch's mean over class indices, with weights and label
 * smoothing (Szegedy et al. 2016, section 7); without weights, also its mean over class
 * probabilities.
 *
 * @param smoothing share of each target that is spread evenly over all classes; 0 for none
 * @param classWeights how much an image of each class counts; empty for all the same
 */
public record CrossEntropy(float smoothing, List<Float> classWeights) {
  /** As it measures: neither smoothed nor weighted. */
  public static final CrossEntropy PLAIN = new CrossEntropy(0, List.of());

  public CrossEntropy {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "training.label-smoothing must be 0 or more and below 1, not " + smoothing);
    }
    classWeights = List.copyOf(classWeights);
    if (classWeights.stream().anyMatch(w -> !(w >= 0))) {
      throw new IllegalArgumentException("Class weights must not be negative: " + classWeights);
    }
  }

  /** Mean loss, a scalar to go back from, of logits of shape (N, classes). */
  NDArray of(NDArray logits, HostBatch batch) {
    NDArray factors = logits.getManager().create(factors(batch), logits.getShape());
    return logits.logSoftmax(1).mul(factors).sum();
  }

  /** What each log probability counts in the sum. */
  private float[] factors(HostBatch batch) {
    float[] targets = batch.targets();
    float spread = smoothing / batch.classes();
    float[] factors = new float[targets.length];
    double total = 0;
    for (int i = 0; i < targets.length; i++) {
      float weight = classWeights.isEmpty() ? 1 : classWeights.get(i % batch.classes());
      total += weight * targets[i];
      factors[i] = -weight * ((1 - smoothing) * targets[i] + spread);
    }
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) (factors[i] / total);
    }
    return factors;
  }
}
