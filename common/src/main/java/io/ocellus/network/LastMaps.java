package io.ocellus.network;

import ai.djl.ndarray.types.Shape;
import io.ocellus.network.graph.AdaptiveAvgPool;
import io.ocellus.network.graph.AffineSample;
import io.ocellus.network.graph.AvgPool;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.Input;
import io.ocellus.network.graph.MaxPool;
import io.ocellus.network.graph.Node;
import io.ocellus.network.graph.Op;
import io.ocellus.network.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network cut in two behind the last maps that lie on the image: those that only pools and layers
 * of vectors come after.
 *
 * @param trunk from the image to the maps
 * @param tail from the maps to the logits
 * @param channels how many maps
 * @param extent their height and width
 */
record LastMaps(Network trunk, Network tail, int channels, int extent) {
  /** For square images of that size; empty where no maps lie on them. */
  static Optional<LastMaps> of(Network network, int size) {
    Graph graph = network.graph();
    List<Shape> shapes = graph.shapes(size);
    int last = graph.nodes().size() - 1;
    while (last > 0 && !isMaps(graph.nodes().get(last).op(), shapes.get(last))) {
      last--;
    }
    boolean moved = graph.nodes().stream().anyMatch(node -> moves(node.op()));
    return last == 0 || moved || isPassedBy(graph, last)
        ? Optional.empty()
        : Optional.of(cut(network, last, shapes.get(last)));
  }

  private static boolean moves(Op op) {
    return op instanceof AffineSample || op instanceof Window;
  }

  private static boolean isMaps(Op op, Shape shape) {
    boolean pools = op instanceof MaxPool || op instanceof AvgPool || op instanceof AdaptiveAvgPool;
    return !pools && shape.dimension() == 3 && shape.get(1) > 1;
  }

  /** Whether something after it takes what is before it. */
  private static boolean isPassedBy(Graph graph, int last) {
    return graph.nodes().subList(last + 1, graph.nodes().size()).stream()
        .anyMatch(node -> node.inputs().stream().anyMatch(input -> input < last));
  }

  private static LastMaps cut(Network network, int last, Shape maps) {
    List<Node> nodes = network.graph().nodes();
    int channels = Math.toIntExact(maps.get(0));
    List<Node> after = new ArrayList<>(List.of(new Node("maps", new Input(channels), List.of())));
    for (Node node : nodes.subList(last + 1, nodes.size())) {
      List<Integer> inputs = node.inputs().stream().map(input -> input - last).toList();
      after.add(new Node(node.name(), node.op(), inputs));
    }
    return new LastMaps(
        new Network(network.spec(), new Graph(nodes.subList(0, last + 1))),
        new Network(network.spec(), new Graph(after)),
        channels,
        Math.toIntExact(maps.get(1)));
  }
}
