package io.ocellus.network.front;

import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Node;
import io.ocellus.network.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** What changes the images before a network sees them, and learns with it. */
@FunctionalInterface
public interface Front {
  /** Leaves the images as they are. */
  Front NONE = (graph, images) -> images;

  /**
   * Adds itself to the graph, under a submodule name of its own, and gives what replaces images.
   */
  Value apply(GraphBuilder graph, Value images);

  /** The network with this in front of it. */
  default Graph before(Graph network) {
    GraphBuilder front = new GraphBuilder();
    int image = apply(front, front.input()).node();
    List<Node> nodes = new ArrayList<>(front.build().nodes());
    int moved = nodes.size() - 1;
    network.nodes().stream()
        .skip(1)
        .map(
            node ->
                new Node(
                    node.name(),
                    node.op(),
                    node.inputs().stream()
                        .map(input -> input == 0 ? image : input + moved)
                        .toList()))
        .forEach(nodes::add);
    return new Graph(nodes);
  }
}
