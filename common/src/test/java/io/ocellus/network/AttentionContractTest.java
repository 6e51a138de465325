package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import io.ocellus.network.attention.Attentions;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Node;
import io.ocellus.network.graph.Value;
import io.ocellus.network.option.Options;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every attention of the catalogue keeps. A new one is picked up by itself. */
class AttentionContractTest {
  private static final int SIZE = 16;
  private static final int CLASSES = 3;

  @TempDir Path folder;

  static Stream<String> attentions() {
    return Attentions.names().stream().filter(name -> !name.equals("none"));
  }

  @ParameterizedTest
  @MethodSource("attentions")
  void deployGraphAndOnnxComputeWhatTheTrainingBlockDoesInEvaluationMode(String attention) {
    Network network = light(attention);
    StateDict weights = FormulaWeights.of(network);
    float[] images = FormulaWeights.images(2, SIZE);
    float[] trained = Running.everyWay(network, weights, images, SIZE, folder);

    assertThat(trained).isNotEqualTo(Running.block(light("none"), weights, images, SIZE));
  }

  @ParameterizedTest
  @MethodSource("attentions")
  void everyWeightOfItLearns(String attention) {
    Network network = light(attention);
    GraphBlock block = new GraphBlock(network);
    block.load(FormulaWeights.of(network));
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, new Shape(4, 3, SIZE, SIZE));
      Map<String, Tensor> before = block.stateDict().entries();
      TorchAdam adam = new TorchAdam();
      for (int step = 0; step < 3; step++) {
        gradient(block, manager);
        adam.step(block);
      }
      Set<String> still = new TreeSet<>();
      block
          .stateDict()
          .entries()
          .forEach(
              (key, tensor) -> {
                if (Arrays.equals(tensor.values(), before.get(key).values())) {
                  still.add(key);
                }
              });
      assertThat(still).isEmpty();
    }
  }

  private static void gradient(GraphBlock block, NDManager parent) {
    try (NDManager manager = parent.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray images = manager.create(FormulaWeights.images(4, SIZE), new Shape(4, 3, SIZE, SIZE));
      NDArray labels = manager.create(new float[] {0, 1, 2, 0});
      NDList logits = block.forward(new ParameterStore(manager, false), new NDList(images), true);
      collector.backward(Loss.softmaxCrossEntropyLoss().evaluate(new NDList(labels), logits));
    }
  }

  /** As it starts, it keeps the shape, keeps zeros zero, and neither blows up nor turns a sign. */
  @ParameterizedTest
  @MethodSource("attentions")
  void itWeighsWhatIsThere(String attention) {
    GraphBuilder graph = new GraphBuilder();
    Value x = graph.conv("first", graph.input(), 16, 1, 1, 0);
    Attentions.of(new Options("a test", Map.of("attention", attention), Map.of())).apply(graph, x);
    Network network = new Network(new NetworkSpec("attention", CLASSES), graph.build());
    GraphBlock block = new GraphBlock(network);
    try (NDManager manager = NDManager.newBaseManager()) {
      Shape shape = new Shape(2, 3, SIZE, SIZE);
      block.initialize(manager, DataType.FLOAT32, shape);
      NDArray images = manager.create(FormulaWeights.images(2, SIZE), shape);
      NDArray maps = first(network.graph(), block, images);

      NDArray weighed = evaluated(block, manager, images);

      assertThat(weighed.getShape()).isEqualTo(new Shape(2, 16, SIZE, SIZE));
      assertThat(weighed.mul(maps).min().getFloat()).isNotNegative();
      assertThat(weighed.abs().sub(maps.abs().mul(2)).max().getFloat()).isNotPositive();
      NDArray zeros = evaluated(block, manager, images.zerosLike());
      assertThat(zeros.abs().max().getFloat()).isCloseTo(0, within(1e-7f));
    }
  }

  private static NDArray evaluated(GraphBlock block, NDManager manager, NDArray images) {
    return block
        .forward(new ParameterStore(manager, false), new NDList(images), false)
        .singletonOrThrow();
  }

  private static NDArray first(Graph graph, GraphBlock block, NDArray images) {
    Node conv = graph.nodes().get(1);
    NDArray kernel = block.getParameters().get(conv.name() + ".weight").getArray();
    return NoGradient.get(() -> conv.op().run(List.of(images), List.of(kernel), false));
  }

  @ParameterizedTest
  @MethodSource("io.ocellus.network.Networks#names")
  void everyNetworkTakesEveryAttention(String name) {
    long plain = parameters(name, "none");
    Map<String, Long> more = new TreeMap<>();
    attentions().forEach(attention -> more.put(attention, parameters(name, attention) - plain));
    assertThat(more).allSatisfy((attention, parameters) -> assertThat(parameters).isPositive());
  }

  private static long parameters(String name, String attention) {
    Network network =
        Networks.create(new NetworkSpec(name, CLASSES, Map.of("attention", attention)));
    assertThat(network.summary(64).parameters()).isEqualTo(network.parameters());
    return network.parameters();
  }

  private static Network light(String attention) {
    return Networks.create(
        new NetworkSpec(
            "se-densenet-light",
            CLASSES,
            Map.of("attention", attention, "block-config", "2,2", "growth-rate", "32")));
  }
}
