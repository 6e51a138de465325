package io.ocellus.network;

import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.Node;
import io.ocellus.network.graph.ParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph for evaluation only, with its weights. Passes that make it cheaper take one and give one
 * that computes the same.
 *
 * @param graph what to run
 * @param weights at least what the graph's nodes have, by state dict name
 */
record Deployable(Graph graph, Map<String, Tensor> weights) {
  Deployable {
    weights = new LinkedHashMap<>(weights);
  }

  static Deployable of(Network network, StateDict weights) {
    network.checkMatches(weights);
    Deployable asTrained = new Deployable(network.graph(), weights.entries());
    Deployable folded = BatchNormFolding.apply(asTrained);
    return SubsampleBeforePointwise.apply(PoolBeforePointwise.apply(folded));
  }

  /** The arrays of a node, in its operation's order; counters are left out. */
  List<String> keys(Node node) {
    return node.op().parameters().stream().filter(ParameterSpec::isArray).map(node::key).toList();
  }
}
