package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActivationMapsTest {
  private static final int SIZE = 32;

  @Test
  void theMeanOfAClassMapIsItsLogitWithoutTheBias() {
    Network network =
        Networks.create(
            new NetworkSpec(
                "se-densenet-light", 3, Map.of("growth-rate", "4", "block-config", "1,1")));
    float[] image = new float[3 * SIZE * SIZE];
    Random random = new Random(5);
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }
    GraphBlock block = new GraphBlock(network);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, SIZE, SIZE));
      StateDict weights = block.stateDict();
      float[] logits =
          block
              .forward(
                  new ParameterStore(manager, false),
                  new NDList(manager.create(image, new Shape(1, 3, SIZE, SIZE))),
                  false)
              .singletonOrThrow()
              .toFloatArray();
      float[] bias = weights.get(network.head() + ".bias").values();
      try (ActivationMaps maps = ActivationMaps.of(network, weights, SIZE).orElseThrow()) {
        for (int label = 0; label < 3; label++) {
          assertThat(mean(maps.of(image, label).values()) + bias[label])
              .isCloseTo(logits[label], within(1e-4));
        }
      }
    }
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
