package io.ocellus.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.ocellus.network.NoGradient;
import io.ocellus.network.StateDict;
import io.ocellus.network.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An exponential moving average of the weights over the steps of a run (Polyak and Juditsky 1992 on
 * averaging; the exponential form is that of Szegedy et al. 2016, section 8). Batch norms' running
 * statistics are averaged alike, as timm's {@code ModelEma} does; their counters are the run's. The
 * n-th step counts {@code 1 - min(decay, (1 + n) / (10 + n))}, so that a short run's average does
 * not hang on where it began.
 */
final class WeightAverage {
  private final float decay;
  private final List<Averaged> averages = new ArrayList<>();

  private record Averaged(String name, NDArray weight, NDArray average) {}

  WeightAverage(float decay, Map<String, Parameter> parameters, NDManager manager) {
    this.decay = decay;
    parameters.forEach(
        (name, parameter) -> {
          NDArray weight = parameter.getArray();
          NDArray average = manager.zeros(weight.getShape(), weight.getDataType());
          NoGradient.run(() -> weight.copyTo(average));
          averages.add(new Averaged(name, weight, average));
        });
  }

  /** Takes in the weights after that many steps. */
  void add(long steps) {
    float share = 1 - Math.min(decay, (1f + steps) / (10f + steps));
    NoGradient.run(() -> averages.forEach(a -> move(a, share)));
  }

  private static void move(Averaged a, float share) {
    try (NDArray difference = a.weight().sub(a.average())) {
      a.average().addi(difference.muli(share));
    }
  }

  /** The average, completed by what is not averaged from the weights themselves. */
  StateDict stateDict(StateDict weights) {
    Map<String, Tensor> entries = new LinkedHashMap<>(weights.entries());
    averages.forEach(
        a ->
            entries.put(
                a.name(),
                new Tensor(a.average().getShape().getShape(), a.average().toFloatArray())));
    return new StateDict(entries);
  }

  /** Goes on from there. */
  void resume(StateDict saved) {
    averages.forEach(a -> set(a.average(), saved.get(a.name())));
  }

  private static void set(NDArray array, Tensor saved) {
    try (NDArray values = array.getManager().create(saved.values(), array.getShape())) {
      values.copyTo(array);
    }
  }
}
