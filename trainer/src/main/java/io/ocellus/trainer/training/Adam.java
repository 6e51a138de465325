package io.ocellus.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.Collection;
import java.util.List;

/**
 * Adam (Kingma and Ba, 2015, algorithm 1 in the form of section 2's last paragraph) over the
 * parameters of a network. DJL's own keeps its moments in memory that nobody can free; these live
 * in the manager of the run.
 */
final class Adam {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final List<Moments> moments;
  private int steps;

  private record Moments(NDArray weight, NDArray mean, NDArray variance) {}

  Adam(Collection<Parameter> parameters, NDManager manager) {
    moments =
        parameters.stream()
            .filter(Parameter::requiresGradient)
            .map(Parameter::getArray)
            .map(
                w ->
                    new Moments(
                        w,
                        manager.zeros(w.getShape(), w.getDataType()),
                        manager.zeros(w.getShape(), w.getDataType())))
            .toList();
  }

  /** Moves every parameter against its gradient, and clears the gradient. */
  void step(float learningRate) {
    steps++;
    double correction = Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
    for (Moments m : moments) {
      try (NDArray gradient = m.weight().getGradient()) {
        m.weight()
            .getNDArrayInternal()
            .adamUpdate(
                new NDList(m.weight(), gradient, m.mean(), m.variance()),
                new NDList(m.weight()),
                learningRate,
                (float) (learningRate * correction),
                0f,
                1f,
                -1f,
                BETA1,
                BETA2,
                EPSILON,
                true,
                false);
      }
    }
  }
}
