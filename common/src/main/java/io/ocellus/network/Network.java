package io.ocellus.network;

import ai.djl.ndarray.types.Shape;
import io.ocellus.config.ConfigurationException;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.ParameterSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A network's one definition. {@link GraphBlock} trains it, {@link TorchScript} writes it to be
 * deployed, {@link Summary} counts it; its state dict has PyTorch's names.
 */
public final class Network {
  /** Numbers that one operation may give for one image: 1 GiB of float32. */
  private static final long LARGEST_MAPS = 1L << 28;

  private final NetworkSpec spec;
  private final Graph graph;

  Network(NetworkSpec spec, Graph graph) {
    this.spec = spec;
    this.graph = graph;
  }

  /** What it was created from. */
  public NetworkSpec spec() {
    return spec;
  }

  /** Its operations. */
  public Graph graph() {
    return graph;
  }

  /**
   * Where the classification head stands in the state dict, such as {@code classifier}: the last
   * operation that learns, whose entries are {@code head() + ".weight"} and {@code head() +
   * ".bias"}, both with the classes as their first dimension.
   */
  public String head() {
    return graph.nodes().get(graph.head()).name();
  }

  /**
   * Does nothing where it can classify images of that size.
   *
   * @param size their width and height in pixels
   * @throws ConfigurationException naming the smallest size that it can
   */
  public void checkTakes(int size) {
    int smallest = graph.smallestSize();
    if (size < smallest) {
      throw new ConfigurationException(
          "%s needs images of at least %d pixels, not %d".formatted(spec.name(), smallest, size));
    }
  }

  /**
   * Does nothing where it can classify images of that size with maps that fit into memory. Unlike
   * {@link #checkTakes}, it looks for no other size that would do.
   *
   * @param size their width and height in pixels
   * @throws ConfigurationException where it cannot
   */
  public void checkMaps(int size) {
    try {
      graph.shapes(size).forEach(Network::checkMap);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "%s with these options cannot take images of %d pixels: %s"
              .formatted(spec.name(), size, e.getMessage()),
          e);
    }
  }

  private static void checkMap(Shape shape) {
    double values = LongStream.of(shape.getShape()).asDoubleStream().reduce(1, (x, y) -> x * y);
    if (LongStream.of(shape.getShape()).anyMatch(extent -> extent < 1) || values > LARGEST_MAPS) {
      throw new IllegalArgumentException(
          "an operation in it would give the shape %s, and may give 1 to %d numbers"
              .formatted(shape, LARGEST_MAPS));
    }
  }

  /** What the state dict holds, by name, in order. */
  public Map<String, ParameterSpec> stateDictSpecs() {
    Map<String, ParameterSpec> specs = new LinkedHashMap<>();
    graph
        .nodes()
        .forEach(
            node ->
                node.op()
                    .parameters()
                    .forEach(parameter -> specs.put(node.key(parameter), parameter)));
    return specs;
  }

  /** How many numbers training changes by gradient. */
  public long parameters() {
    return stateDictSpecs().values().stream()
        .filter(spec -> spec.kind() == ParameterSpec.Kind.TRAINED)
        .mapToLong(spec -> spec.shape().size())
        .sum();
  }

  /** How many bytes the weights of its deploy graph are, batch norms folded away. */
  public long deployBytes() {
    return DeploySize.of(this);
  }

  /**
   * Does nothing where the weights are this network's.
   *
   * @throws IllegalArgumentException naming an entry that is missing or of another shape
   */
  void checkMatches(StateDict weights) {
    stateDictSpecs()
        .forEach(
            (name, spec) -> {
              Shape found = new Shape(weights.get(name).shape());
              if (!found.equals(spec.shape())) {
                throw new IllegalArgumentException(
                    "%s of %s has shape %s, but the weights' has %s"
                        .formatted(name, this.spec.name(), spec.shape(), found));
              }
            });
  }

  /**
   * Layers, parameters and multiply-adds for square images of that many pixels.
   *
   * @throws ConfigurationException as {@link #checkTakes}
   */
  public Summary summary(int size) {
    checkTakes(size);
    return Summary.of(this, size);
  }
}
