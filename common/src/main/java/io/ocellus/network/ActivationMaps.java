package io.ocellus.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.ocellus.network.graph.Dropout;
import io.ocellus.network.graph.Flatten;
import io.ocellus.network.graph.GlobalPool;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.Linear;
import io.ocellus.network.graph.Node;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where in an image a network sees a class: class activation maps (Zhou et al., Learning Deep
 * Features for Discriminative Localization, 2016, arXiv:1512.04150, equation 2). They exist for
 * networks that end in the mean of each map and one linear layer, because the mean of the map is
 * that class's logit then, but for the bias.
 */
public final class ActivationMaps implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu());
  private final ParameterStore store = new ParameterStore(manager, false);
  private final GraphBlock trunk;
  private final Tensor head;
  private final int size;

  /**
   * One map.
   *
   * @param extent its height and width
   * @param values row by row; above zero where the image speaks for the class
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record ActivationMap(int extent, float[] values) {}

  private ActivationMaps(Network trunk, Tensor head, StateDict weights, int size) {
    this.trunk = new GraphBlock(trunk);
    this.head = head;
    this.size = size;
    this.trunk.load(weights);
    this.trunk.initialize(manager, DataType.FLOAT32, new Shape(1, 3, size, size));
  }

  /** Of a network for square images of that size; empty where it ends otherwise. */
  public static Optional<ActivationMaps> of(Network network, StateDict weights, int size) {
    Graph graph = network.graph();
    int linear = skip(graph, graph.nodes().size() - 1);
    if (!(graph.nodes().get(linear).op() instanceof Linear)) {
      return Optional.empty();
    }
    Node head = graph.nodes().get(linear);
    int pool = skip(graph, head.inputs().get(0));
    if (!(graph.nodes().get(pool).op() instanceof GlobalPool)) {
      return Optional.empty();
    }
    int maps = graph.nodes().get(pool).inputs().get(0);
    Network trunk = new Network(network.spec(), new Graph(graph.nodes().subList(0, maps + 1)));
    return Optional.of(
        new ActivationMaps(trunk, weights.get(head.name() + ".weight"), weights, size));
  }

  /** What only hands values on is passed over. */
  private static int skip(Graph graph, int node) {
    int at = node;
    while (graph.nodes().get(at).op() instanceof Flatten
        || graph.nodes().get(at).op() instanceof Dropout) {
      at = graph.nodes().get(at).inputs().get(0);
    }
    return at;
  }

  /**
   * The map of one class.
   *
   * @param image 3 x size x size normalised values
   * @param label the class
   */
  public ActivationMap of(float[] image, int label) {
    try (NDManager scope = manager.newSubManager()) {
      NDList input = new NDList(scope.create(image, new Shape(1, 3, size, size)));
      NDArray maps = trunk.forward(store, input, false).singletonOrThrow();
      int channels = Math.toIntExact(maps.getShape().get(1));
      int extent = Math.toIntExact(maps.getShape().get(2));
      float[] values = maps.toFloatArray();
      float[] weights = Arrays.copyOfRange(head.values(), label * channels, (label + 1) * channels);
      float[] map = new float[extent * extent];
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < map.length; i++) {
          map[i] += weights[c] * values[c * map.length + i];
        }
      }
      return new ActivationMap(extent, map);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
