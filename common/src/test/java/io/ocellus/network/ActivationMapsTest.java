package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.ocellus.network.graph.Conv;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationMapsTest {
  private static final int SIZE = 32;

  @Test
  void theSumOfAClassMapIsItsLogitWithoutTheBiasWhereMapsAreAveraged() {
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
          assertThat(sum(maps.of(image, label).values()) + bias[label])
              .isCloseTo(logits[label], within(1e-4));
        }
      }
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  /** PyTorch's figures, by its autograd, in double precision. */
  static Stream<Arguments> pyTorch() {
    return Stream.of(
        arguments(
            new NetworkSpec("squeezenet-1.1", 3),
            new float[] {
              0.0102628f,
              0.0102955f,
              0.0099294f,
              0.00931111f,
              0.00941629f,
              0.00935447f,
              0.00824281f,
              0.00766202f,
              0.00799182f
            }),
        arguments(
            new NetworkSpec("vgg-11", 3, Map.of("hidden-units", "16", "convolutions", "1,1,1,1,1")),
            new float[] {
              0.00512054f, 0.00496159f, 0.00496137f, 0.00510968f, 0.00529488f, 0.00529315f,
              0.00529287f, 0.00528774f, 0.00528637f, 0.0052901f, 0.00529281f, 0.0052934f,
              0.00513629f, 0.00500345f, 0.00503398f, 0.00517167f
            }));
  }

  @ParameterizedTest
  @MethodSource("pyTorch")
  void mapsOfOtherEndingsArePyTorchs(NetworkSpec spec, float[] expected) {
    Network network = Networks.create(spec);
    try (ActivationMaps maps =
        ActivationMaps.of(network, FormulaWeights.of(network), 64).orElseThrow()) {
      ActivationMaps.ActivationMap map = maps.of(FormulaWeights.images(1, 64), 1);

      assertThat(map.extent() * map.extent()).isEqualTo(expected.length);
      Logits.assertClose(map.values(), expected, 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("io.ocellus.network.Networks#names")
  void everyNetworkHasMapsThatLieOnItsImages(String name) {
    Network network = Networks.create(new NetworkSpec(name, 2));
    int size = Networks.origin(name, Map.of()).size();

    LastMaps maps = LastMaps.of(network, size).orElseThrow();

    assertThat(maps.extent()).isBetween(4, 14);
    assertThat(maps.tail().graph().nodes().stream().filter(node -> node.op() instanceof Conv))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stn", "coarse-to-fine"})
  void whatMovesTheImageHasNone(String front) {
    Network network =
        Networks.create(new NetworkSpec("se-densenet-light", 2, Map.of("front", front)));

    assertThat(LastMaps.of(network, SIZE)).isEmpty();
  }
}
