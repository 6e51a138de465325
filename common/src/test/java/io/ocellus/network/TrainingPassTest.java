package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training with less memory learns the same. */
class TrainingPassTest {
  private static final TrainingMode EFFICIENT = new TrainingMode(true, false);
  private static final int BATCH = 4;
  private static final int SIZE = 32;
  private static final long SEED = 3;

  @ParameterizedTest
  @ValueSource(strings = {"se-densenet-light", "densenet-121", "mobilenet-v1"})
  void gradientsAndStatisticsAreThoseOfPlainTraining(String name) {
    assertSame(Networks.create(new NetworkSpec(name, 3)));
  }

  /** No gradient goes through the choice of a window, which lies between two segments here. */
  @Test
  void whatNoGradientGoesThroughMayPassBetweenSegments() {
    Map<String, String> options = Map.of("front", "coarse-to-fine");
    assertSame(Networks.create(new NetworkSpec("mobilenet-v1", 3, options)));
    assertSame(
        Networks.create(new NetworkSpec("mobilenet-v1", 3, options)), GraphBlock::freezeBackbone);
  }

  @Test
  void dropoutDropsTheSameTheSecondTime() {
    assertSame(
        Networks.create(new NetworkSpec("se-densenet-light", 3, Map.of("drop-rate", "0.4"))));
  }

  @Test
  void aLayerMayGiveMoreThanOneOutput() {
    assertSame(new Network(new NetworkSpec("two-outputs", 3), twoOutputs()));
  }

  private static Graph twoOutputs() {
    GraphBuilder graph = new GraphBuilder();
    GraphBuilder layer = graph.scope("layer1");
    Value x = graph.conv("stem", graph.input(), 16, 3, 1, 1);
    Value first = layer.relu(layer.batchNorm("norm1", x));
    Value second = layer.relu(layer.batchNorm("norm2", layer.conv("conv", first, 16, 3, 1, 1)));
    graph.linear("head", graph.globalPool(graph.concat(List.of(first, second, x))), 3, true);
    return graph.build();
  }

  @Test
  void dropoutDropsSomethingElseInEachPass() {
    Network network =
        Networks.create(new NetworkSpec("se-densenet-light", 3, Map.of("drop-rate", "0.4")));
    try (NDManager manager = NDManager.newBaseManager()) {
      GraphBlock block = block(network, manager);
      ParameterStore store = new ParameterStore(manager, false);
      NDArray images = images(manager);
      assertThat(block.train(store, images, TrainingMode.PLAIN).logits().toFloatArray())
          .isNotEqualTo(block.train(store, images, TrainingMode.PLAIN).logits().toFloatArray());
    }
  }

  @Test
  void aFrozenBackboneGetsNoGradientEitherWay() {
    Network network = Networks.create(new NetworkSpec("se-densenet-light", 3));
    assertSame(network, GraphBlock::freezeBackbone);
  }

  private static void assertSame(Network network) {
    assertSame(network, block -> {});
  }

  private static void assertSame(Network network, Consumer<GraphBlock> preparation) {
    Map<String, float[]> plain = trained(network, TrainingMode.PLAIN, preparation);
    Map<String, float[]> efficient = trained(network, EFFICIENT, preparation);
    assertThat(efficient.keySet()).isEqualTo(plain.keySet());
    plain.forEach((name, values) -> assertClose(name, efficient.get(name), values));
  }

  /** Relative to the greatest, where that is above one. */
  private static void assertClose(String name, float[] actual, float[] expected) {
    double greatest = 1;
    for (float value : expected) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    assertThat(actual).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .as("%s[%d]", name, i)
          .isCloseTo(expected[i], offset(1e-5 * greatest));
    }
  }

  /** Gradients, then everything of the state dict, after one pass and its way back. */
  private static Map<String, float[]> trained(
      Network network, TrainingMode mode, Consumer<GraphBlock> preparation) {
    Map<String, float[]> results = new LinkedHashMap<>();
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      GraphBlock block = block(network, manager);
      preparation.accept(block);
      ParameterStore store = new ParameterStore(manager, false);
      TrainingPass pass = block.train(store, images(manager), mode);
      float[] weights = {-1, 0.5f, 0, 0, -1, 0, 0.3f, 0, -1, -1, 0, 0.1f};
      NDArray factors = manager.create(weights, new Shape(BATCH, 3));
      pass.backward(pass.logits().logSoftmax(1).mul(factors).sum(), gradients);
      for (Parameter parameter : block.getParameters().values()) {
        if (parameter.requiresGradient()) {
          NDArray gradient = parameter.getArray().getGradient();
          results.put("gradient of " + parameter.getName(), gradient.toFloatArray());
        }
      }
      StateDict state = block.stateDict();
      network.stateDictSpecs().keySet().forEach(n -> results.put(n, state.get(n).values()));
    }
    return results;
  }

  private static GraphBlock block(Network network, NDManager manager) {
    GraphBlock block = new GraphBlock(network);
    block.seed(SEED);
    block.load(FormulaWeights.of(network));
    block.initialize(manager, DataType.FLOAT32, new Shape(BATCH, 3, SIZE, SIZE));
    return block;
  }

  private static NDArray images(NDManager manager) {
    return manager.create(FormulaWeights.images(BATCH, SIZE), new Shape(BATCH, 3, SIZE, SIZE));
  }
}
