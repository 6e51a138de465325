package io.ocellus.network;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpatialTransformerTest {
  private static final int SIZE = 16;

  @Test
  void itStartsWithThePictureAsItIs() {
    Network with = light("stn");
    GraphBlock block = new GraphBlock(with);
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, new Shape(4, 3, SIZE, SIZE));
      float[] images = FormulaWeights.images(4, SIZE);

      Logits.assertClose(
          Running.block(with, block.stateDict(), images, SIZE),
          Running.block(light("none"), block.stateDict(), images, SIZE),
          1e-5);
    }
  }

  private static Network light(String front) {
    return Networks.create(
        new NetworkSpec(
            "se-densenet-light",
            3,
            Map.of("front", front, "block-config", "2,2", "growth-rate", "8")));
  }
}
