package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import io.ocellus.network.front.Fronts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every front of the catalogue keeps. A new one is picked up by itself. */
class FrontContractTest {
  private static final int SIZE = 16;
  private static final int CLASSES = 3;

  @TempDir Path folder;

  static Stream<String> fronts() {
    return Fronts.names().stream().filter(name -> !name.equals("none"));
  }

  @ParameterizedTest
  @MethodSource("fronts")
  void deployGraphAndOnnxComputeWhatTheTrainingBlockDoesInEvaluationMode(String front) {
    Network network = light(front);
    StateDict weights = FormulaWeights.of(network);
    float[] images = FormulaWeights.images(2, SIZE);
    float[] trained = Running.everyWay(network, weights, images, SIZE, folder);

    assertThat(trained).isNotEqualTo(Running.block(light("none"), weights, images, SIZE));
  }

  @ParameterizedTest
  @MethodSource("fronts")
  void itLearns(String front) {
    Network network = light(front);
    GraphBlock block = new GraphBlock(network);
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, new Shape(4, 3, SIZE, SIZE));
      StateDict start = block.stateDict();
      float[] images = FormulaWeights.images(4, SIZE);

      step(block, manager, images);
      Map<String, float[]> learnt = new LinkedHashMap<>();
      block
          .stateDict()
          .entries()
          .forEach(
              (key, tensor) -> {
                if (!light("none").stateDictSpecs().containsKey(key)) {
                  learnt.put(key, tensor.values());
                }
              });
      assertThat(learnt)
          .isNotEmpty()
          .anySatisfy((key, values) -> assertThat(values).isNotEqualTo(start.get(key).values()));
    }
  }

  @ParameterizedTest
  @MethodSource("io.ocellus.network.Networks#names")
  void everyNetworkTakesEveryFront(String name) {
    long plain = Networks.create(new NetworkSpec(name, CLASSES)).parameters();
    assertThat(fronts())
        .allSatisfy(
            front -> {
              Network network =
                  Networks.create(new NetworkSpec(name, CLASSES, Map.of("front", front)));
              int size = network.graph().smallestSize();
              assertThat(network.parameters())
                  .isGreaterThan(plain)
                  .isEqualTo(network.summary(size).parameters());
            });
  }

  /** So that a network with a front starts from one for other classes too. */
  @ParameterizedTest
  @MethodSource("fronts")
  void headAloneDependsOnTheClasses(String front) {
    Network three = light(front);
    NetworkSpec spec = three.spec();
    Network five = Networks.create(new NetworkSpec(spec.name(), CLASSES + 2, spec.options()));
    assertThat(five.stateDictSpecs().keySet()).isEqualTo(three.stateDictSpecs().keySet());
    assertThat(five.stateDictSpecs().entrySet())
        .filteredOn(entry -> !three.stateDictSpecs().entrySet().contains(entry))
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(three.head() + ".weight", three.head() + ".bias");
  }

  private static void step(GraphBlock block, NDManager parent, float[] images) {
    TorchAdam adam = new TorchAdam();
    try (NDManager manager = parent.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray input = manager.create(images, new Shape(4, 3, SIZE, SIZE));
      NDArray labels = manager.create(new float[] {0, 1, 2, 0});
      NDList logits = block.forward(new ParameterStore(manager, false), new NDList(input), true);
      collector.backward(Loss.softmaxCrossEntropyLoss().evaluate(new NDList(labels), logits));
    }
    adam.step(block);
  }

  private static Network light(String front) {
    return Networks.create(
        new NetworkSpec(
            "se-densenet-light",
            CLASSES,
            Map.of("front", front, "block-config", "2,2", "growth-rate", "8")));
  }
}
