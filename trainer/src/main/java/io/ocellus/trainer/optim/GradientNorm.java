package io.ocellus.trainer.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/** The Euclidean norm of all gradients as one vector. */
final class GradientNorm {
  private GradientNorm() {}

  /** No finite number where one of them has none. */
  static float of(NDList gradients) {
    NDList norms = new NDList();
    gradients.forEach(gradient -> norms.add(gradient.norm()));
    try (norms;
        NDArray stacked = NDArrays.stack(norms);
        NDArray total = stacked.norm()) {
      return total.toFloatArray()[0];
    }
  }
}
