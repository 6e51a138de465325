package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import io.ocellus.config.ConfigurationException;
import io.ocellus.network.graph.GlobalPool;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.Op;
import io.ocellus.network.graph.Peak;
import io.ocellus.network.graph.Window;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoarseToFineTest {
  private static final int SIZE = 32;
  private static final int CELLS = 8;
  private static final int OBJECT = 4;
  private static final int BLUE = 2;
  private static final int BATCH = 16;
  private static final int STEPS = 60;

  @TempDir Path folder;

  /** The head of one is a convolution over maps; of one it comes after hidden layers. */
  @ParameterizedTest
  @CsvSource({"squeezenet-1.1, 64, 2", "alexnet, 130, 2", "resnet-20, 50, 3"})
  void everyKindOfHeadRunsTheSameEveryWay(String name, int size, int zoom) {
    Map<String, String> options = new HashMap<>(Map.of("zoom", Integer.toString(zoom)));
    if (name.equals("alexnet")) {
      options.put("hidden-units", "32");
    }
    Network network = network(name, options);
    StateDict weights = FormulaWeights.of(network);
    Running.everyWay(network, weights, FormulaWeights.images(2, size), size, folder);
  }

  @Test
  void theNetworkComputesOnAQuarterOfThePixels() {
    Network plain = Networks.create(new NetworkSpec("densenet-121", 3));
    Network wrapped = network("densenet-121", Map.of());
    assertThat((double) wrapped.summary(224).multiplyAdds())
        .isLessThan(0.27 * plain.summary(224).multiplyAdds());
  }

  @ParameterizedTest
  @CsvSource({"zoom, 1, zoom must be 2 to 1024", "coarse-width, 0, coarse-width must be at least"})
  void anImpossibleValueIsRefusedByName(String option, String value, String message) {
    assertThatThrownBy(() -> network("resnet-20", Map.of(option, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  /** In small steps: each cell's features are taken a little more, and the entropy measured. */
  @Test
  void saliencyIsTheSlopeOfTheEntropyOfTheCoarsePrediction() {
    Network network = light();
    StateDict weights = FormulaWeights.of(network);
    float[] image = FormulaWeights.images(1, SIZE);
    Graph graph = network.graph();
    int windows = graph.nodes().get(first(graph, Peak.class)).inputs().get(0);
    int squares = graph.nodes().get(windows).inputs().get(0);
    int cells = graph.nodes().get(first(graph, GlobalPool.class)).inputs().get(0);
    float[] saliency = Running.block(until(network, squares), weights, image, SIZE);
    float[] features = Running.block(until(network, cells), weights, image, SIZE);

    assertThat(saliency).hasSize(CELLS * CELLS);
    double scale = Math.pow(CELLS * CELLS, 2);
    double greatest = 0;
    for (int cell = 0; cell < saliency.length; cell++) {
      double step = 1e-4;
      double slope =
          (entropy(network, weights, features, cell, step)
                  - entropy(network, weights, features, cell, -step))
              / (2 * step);
      greatest = Math.max(greatest, slope * slope * scale);
      assertThat((double) saliency[cell])
          .isCloseTo(slope * slope * scale, within(1e-3 * greatest + 1e-9));
    }
    assertThat(greatest).isGreaterThan(1e-4);
  }

  private static double entropy(
      Network network, StateDict weights, float[] features, int cell, double more) {
    Tensor weight = weights.get(network.head() + ".weight");
    int channels = (int) weight.shape()[1];
    double[] logits = new double[(int) weight.shape()[0]];
    for (int c = 0; c < logits.length; c++) {
      logits[c] = weights.get(network.head() + ".bias").values()[c];
      for (int f = 0; f < channels * CELLS * CELLS; f++) {
        double taken = f % (CELLS * CELLS) == cell ? 1 + more : 1;
        double w = weight.values()[c * channels + f / (CELLS * CELLS)];
        logits[c] += w * features[f] * taken / (CELLS * CELLS);
      }
    }
    double sum = Arrays.stream(logits).map(Math::exp).sum();
    return -Arrays.stream(logits).map(z -> Math.exp(z) / sum * (z - Math.log(sum))).sum();
  }

  /**
   * Each picture has a red or a green square, which is its class, and a blue one, which tells
   * nothing, all equally bright and anywhere. It learns to tell the classes, and its window holds
   * the square that does; one that stood still would hold 16 of the 64.
   */
  @Test
  void itLearnsAndLooksAtWhatTellsTheClass() {
    Network network = light();
    GraphBlock block = new GraphBlock(network);
    Engine.getInstance().setRandomSeed(1);
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, new Shape(BATCH, 3, SIZE, SIZE));
      Random random = new Random(1);
      double[] losses = new double[STEPS];
      for (int step = 0; step < losses.length; step++) {
        losses[step] = step(block, manager, random);
      }
      assertThat(mean(losses, STEPS - 10, STEPS)).isLessThan(mean(losses, 0, 10) / 3);
      Network seen = until(network, first(network.graph(), Window.class));
      int held = 0;
      for (int top = 0; top <= SIZE - OBJECT; top += OBJECT) {
        for (int left = 0; left <= SIZE - OBJECT; left += OBJECT) {
          float[] image = image(top, left, top / OBJECT % 2, random);
          float[] window = Running.block(seen, block.stateDict(), image, SIZE);
          assertThat(window).hasSize(3 * SIZE * SIZE / 4);
          held += bright(window) == OBJECT * OBJECT ? 1 : 0;
        }
      }
      assertThat(held).isGreaterThan(50);
    }
  }

  private static double step(GraphBlock block, NDManager parent, Random random) {
    try (NDManager manager = parent.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      float[] images = new float[BATCH * 3 * SIZE * SIZE];
      float[] labels = new float[BATCH];
      for (int i = 0; i < BATCH; i++) {
        labels[i] = i % 2;
        float[] image = image(anywhere(random), anywhere(random), i % 2, random);
        System.arraycopy(image, 0, images, i * image.length, image.length);
      }
      NDArray input = manager.create(images, new Shape(BATCH, 3, SIZE, SIZE));
      NDList logits = block.forward(new ParameterStore(manager, false), new NDList(input), true);
      NDArray loss =
          Loss.softmaxCrossEntropyLoss().evaluate(new NDList(manager.create(labels)), logits);
      collector.backward(loss);
      NoGradient.run(
          () ->
              block.getParameters().values().stream()
                  .filter(Parameter::requiresGradient)
                  .forEach(CoarseToFineTest::descend));
      return loss.getFloat();
    }
  }

  private static void descend(Parameter parameter) {
    try (NDArray gradient = parameter.getArray().getGradient();
        NDArray step = gradient.mul(0.2)) {
      parameter.getArray().subi(step);
      gradient.muli(0);
    }
  }

  private static float[] image(int top, int left, int colour, Random random) {
    float[] image = new float[3 * SIZE * SIZE];
    for (int i = 0; i < image.length; i++) {
      image[i] = 0.3f * random.nextFloat();
    }
    square(image, top, left, colour);
    square(image, anywhere(random), anywhere(random), BLUE);
    return image;
  }

  private static void square(float[] image, int top, int left, int colour) {
    for (int y = top; y < top + OBJECT; y++) {
      for (int x = left; x < left + OBJECT; x++) {
        image[(colour * SIZE + y) * SIZE + x] = 3;
      }
    }
  }

  private static int anywhere(Random random) {
    return random.nextInt(SIZE - OBJECT + 1);
  }

  /** Pixels of the square that tells the class. */
  private static int bright(float[] window) {
    int bright = 0;
    for (int i = 0; i < BLUE * window.length / 3; i++) {
      bright += window[i] > 2.999 ? 1 : 0;
    }
    return bright;
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElseThrow();
  }

  private static Network until(Network network, int node) {
    return new Network(network.spec(), new Graph(network.graph().nodes().subList(0, node + 1)));
  }

  private static int first(Graph graph, Class<? extends Op> kind) {
    int index = 0;
    while (!kind.isInstance(graph.nodes().get(index).op())) {
      index++;
    }
    return index;
  }

  private static Network light() {
    return network("se-densenet-light", Map.of("block-config", "2,2", "growth-rate", "8"));
  }

  private static Network network(String name, Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put("front", "coarse-to-fine");
    return Networks.create(new NetworkSpec(name, 3, all));
  }
}
