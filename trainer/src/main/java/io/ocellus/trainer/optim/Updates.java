package io.ocellus.trainer.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.ocellus.network.NoGradient;
import io.ocellus.network.StateDict;
import io.ocellus.network.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * An optimiser at work on the parameters of one network: which of them move, each at its multiple
 * of the learning rate, and all that is remembered of the steps so far. That memory lives in the
 * manager of the run, and can be saved and taken up again.
 */
public final class Updates {
  private static final double CLIP_EPSILON = 1e-6;
  private static final String LOSS_SCALE = "loss_scale";

  private final Optimizer optimizer;
  private final float clipNorm;
  private final Optional<LossScale> lossScale;
  private final List<Moving> moving = new ArrayList<>();
  private long steps;

  private record Moving(String name, NDArray weight, float rateFactor, List<NDArray> memory) {}

  /**
   * @param optimizer how each parameter moves
   * @param clipNorm gradients are scaled down where together they are longer than this; 0 for never
   * @param scaled whether gradients are those of a scaled loss: see {@link #lossScale}
   * @param parameters by name; those that need no gradient stay as they are
   * @param rateFactor what multiplies the learning rate for the parameter of that name
   * @param manager what is remembered lives as long as it
   */
  public Updates(
      Optimizer optimizer,
      float clipNorm,
      boolean scaled,
      Map<String, Parameter> parameters,
      ToDoubleFunction<String> rateFactor,
      NDManager manager) {
    this.optimizer = optimizer;
    this.clipNorm = clipNorm;
    this.lossScale = scaled ? Optional.of(new LossScale()) : Optional.empty();
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.requiresGradient()) {
            NDArray weight = parameter.getArray();
            List<NDArray> memory =
                optimizer.memory().stream()
                    .map(kept -> manager.zeros(weight.getShape(), weight.getDataType()))
                    .toList();
            moving.add(new Moving(name, weight, (float) rateFactor.applyAsDouble(name), memory));
          }
        });
  }

  /** What the next loss is to be multiplied by before gradients are made of it. */
  public float lossScale() {
    return lossScale.map(LossScale::value).orElse(1f);
  }

  /**
   * Moves every parameter against its gradient, and clears the gradient. A scaled loss may have
   * been too large for float16: then none moves, and the next scale is smaller.
   */
  public void step(float rate) {
    NDList gradients = new NDList();
    moving.forEach(m -> gradients.add(m.weight().getGradient()));
    try (gradients) {
      NoGradient.run(() -> step(rate, gradients));
    }
  }

  private void step(float rate, NDList gradients) {
    if (lossScale.map(scale -> scale.unscale(gradients)).orElse(true)) {
      steps++;
      move(rate, gradients);
    }
    moving.forEach(m -> JniUtils.zeroGrad((PtNDArray) m.weight()));
  }

  private void move(float rate, NDList gradients) {
    if (clipNorm > 0) {
      clip(gradients);
    }
    for (int i = 0; i < moving.size(); i++) {
      Moving m = moving.get(i);
      optimizer.move(m.weight(), gradients.get(i), m.memory(), rate * m.rateFactor(), steps);
    }
  }

  /** As {@code torch.nn.utils.clip_grad_norm_}: by the norm of all gradients as one vector. */
  private void clip(NDList gradients) {
    double factor = clipNorm / (GradientNorm.of(gradients) + CLIP_EPSILON);
    if (factor < 1) {
      gradients.forEach(gradient -> gradient.muli((float) factor));
    }
  }

  /** How many steps there were. */
  public long steps() {
    return steps;
  }

  /** What is remembered, by parameter and PyTorch's name of it. */
  public StateDict memory() {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    for (Moving m : moving) {
      for (int i = 0; i < m.memory().size(); i++) {
        NDArray array = m.memory().get(i);
        entries.put(key(m, i), new Tensor(array.getShape().getShape(), array.toFloatArray()));
      }
    }
    lossScale.ifPresent(scale -> entries.put(LOSS_SCALE, scale.state()));
    return new StateDict(entries);
  }

  /** Goes on from there. */
  public void resume(long stepsSoFar, StateDict memory) {
    steps = stepsSoFar;
    lossScale.ifPresent(scale -> scale.resume(memory.get(LOSS_SCALE)));
    for (Moving m : moving) {
      for (int i = 0; i < m.memory().size(); i++) {
        set(m.memory().get(i), memory.get(key(m, i)));
      }
    }
  }

  private static void set(NDArray array, Tensor saved) {
    try (NDArray values = array.getManager().create(saved.values(), array.getShape())) {
      values.copyTo(array);
    }
  }

  private String key(Moving m, int index) {
    return m.name() + "." + optimizer.memory().get(index);
  }
}
