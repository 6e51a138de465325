package io.ocellus.network;

import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Consecutive nodes of a graph that run together.
 *
 * @param from the first
 * @param to behind the last
 * @param outputs those whose output is taken later, or is the network's
 */
record Segment(int from, int to, List<Integer> outputs) {
  /** All but the input. */
  static Segment whole(Graph graph) {
    return new Segment(1, graph.nodes().size(), List.of(graph.nodes().size() - 1));
  }

  /**
   * One for each layer that the network repeats, such as a dense layer or a residual block, and one
   * for each stretch between them. What networks repeat they number, so a layer is the innermost
   * module of a node whose name ends in a digit.
   */
  static List<Segment> layers(Graph graph) {
    List<Segment> segments = new ArrayList<>();
    int from = 1;
    for (int i = 2; i <= graph.nodes().size(); i++) {
      if (i == graph.nodes().size()
          || !layer(graph.nodes().get(i)).equals(layer(graph.nodes().get(from)))) {
        segments.add(new Segment(from, i, outputs(graph, from, i)));
        from = i;
      }
    }
    return segments;
  }

  private static String layer(Node node) {
    String module = node.name();
    do {
      module = module.substring(0, Math.max(0, module.lastIndexOf('.')));
    } while (!module.isEmpty() && !Character.isDigit(module.charAt(module.length() - 1)));
    return module;
  }

  private static List<Integer> outputs(Graph graph, int from, int to) {
    int last = graph.nodes().size() - 1;
    List<Node> later = graph.nodes().subList(to, graph.nodes().size());
    return IntStream.range(from, to)
        .filter(i -> i == last || later.stream().anyMatch(node -> node.inputs().contains(i)))
        .boxed()
        .toList();
  }
}
