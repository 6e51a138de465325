package io.ocellus.network;

import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.Node;
import io.ocellus.network.graph.ParameterSpec;
import java.util.Map;

/** How many bytes the weights of a deploy graph are, without having any weights. */
final class DeploySize {
  private DeploySize() {}

  static long of(Network network) {
    Graph graph = network.graph();
    Map<Integer, Integer> folded = BatchNormFolding.plan(graph);
    long values = 0;
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      if (!folded.containsKey(i) && graph.learnsFirst(i)) {
        values += arrays(node);
      }
      if (node.op() instanceof Conv conv && !conv.bias() && folded.containsValue(i)) {
        values += conv.filters();
      }
    }
    return values * Float.BYTES;
  }

  private static long arrays(Node node) {
    return node.op().parameters().stream()
        .filter(ParameterSpec::isArray)
        .mapToLong(spec -> spec.shape().size())
        .sum();
  }
}
