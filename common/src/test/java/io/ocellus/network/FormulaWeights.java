package io.ocellus.network;

import io.ocellus.network.graph.ParameterSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights and inputs made by a formula, the same in Python as here: with {@code s = sin(0.739... j
 * + 1.618... (i + 1))} for element j of state dict entry i.
 */
final class FormulaWeights {
  private static final double STEP = 0.7390851332151607;
  private static final double PHASE = 1.618033988749895;

  private FormulaWeights() {}

  static StateDict of(Network network) {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    network
        .stateDictSpecs()
        .forEach((name, spec) -> entries.put(name, tensor(name, spec, entries.size())));
    return new StateDict(entries);
  }

  private static Tensor tensor(String name, ParameterSpec spec, int index) {
    long[] shape = spec.shape().getShape();
    float[] values = new float[Tensor.elements(shape)];
    for (int j = 0; j < values.length; j++) {
      values[j] =
          (float) value(name, shape, values.length, Math.sin(j * STEP + (index + 1) * PHASE));
    }
    return new Tensor(shape, values);
  }

  private static double value(String name, long[] shape, int elements, double s) {
    if (name.endsWith("num_batches_tracked")) {
      return 0;
    } else if (shape.length >= 2) {
      return Math.sqrt(2.0 * shape[0] / elements) * Math.sqrt(2) * s;
    } else if (name.endsWith("running_var")) {
      return 1 + 0.25 * s;
    } else {
      return name.endsWith("weight") ? 1 + 0.1 * s : 0.05 * s;
    }
  }

  /** {@code x[j] = sin(0.001 j)}. */
  static float[] images(int count, int size) {
    float[] images = new float[count * 3 * size * size];
    for (int j = 0; j < images.length; j++) {
      images[j] = (float) Math.sin(0.001 * j);
    }
    return images;
  }
}
