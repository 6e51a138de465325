package io.ocellus.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code torch.optim.Adam}, step by step. DJL's own adds epsilon before the bias correction, which
 * is another epsilon.
 */
final class TorchAdam {
  private static final double RATE = 1e-4;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final Map<Parameter, NDArray> means = new HashMap<>();
  private final Map<Parameter, NDArray> squares = new HashMap<>();
  private int steps;

  /** Moves every parameter that has a gradient, and zeroes the gradients. */
  void step(GraphBlock block) {
    steps++;
    NoGradient.run(
        () ->
            block.getParameters().values().stream()
                .filter(Parameter::requiresGradient)
                .forEach(this::move));
  }

  private void move(Parameter parameter) {
    NDArray weight = parameter.getArray();
    NDArray mean = means.computeIfAbsent(parameter, p -> weight.zerosLike());
    NDArray square = squares.computeIfAbsent(parameter, p -> weight.zerosLike());
    try (NDManager scratch = weight.getManager().newSubManager();
        NDArray gradient = weight.getGradient()) {
      gradient.tempAttach(scratch);
      mean.addi(gradient.sub(mean).mul(1 - BETA1));
      square.muli(BETA2).addi(gradient.mul(1 - BETA2).mul(gradient));
      NDArray root = square.duplicate();
      root.tempAttach(scratch);
      NDArray denominator = root.sqrt().div(Math.sqrt(1 - Math.pow(BETA2, steps))).add(EPSILON);
      NDArray numerator = mean.mul(-RATE / (1 - Math.pow(BETA1, steps)));
      numerator.tempAttach(scratch);
      weight.addi(numerator.div(denominator));
      gradient.muli(0);
    }
  }
}
