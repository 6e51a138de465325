package io.ocellus.network;

import io.ocellus.network.graph.AvgPool;
import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A mean over a window and a 1x1 convolution may change places, both being linear: pooling first
 * leaves the convolution a quarter of the pixels in DenseNet's transitions.
 */
final class PoolBeforePointwise {
  private PoolBeforePointwise() {}

  static Deployable apply(Deployable source) {
    Graph graph = source.graph();
    int[] uses = graph.uses();
    List<Node> nodes = new ArrayList<>(graph.nodes());
    for (int i = 0; i < nodes.size(); i++) {
      Node pool = nodes.get(i);
      if (pool.op() instanceof AvgPool window
          && window.padding() == 0
          && pool.inputs().get(0) == i - 1) {
        Node conv = nodes.get(i - 1);
        if (conv.op() instanceof Conv op && op.pointwise() && uses[i - 1] == 1) {
          nodes.set(i - 1, new Node(pool.name(), pool.op(), conv.inputs()));
          nodes.set(i, new Node(conv.name(), conv.op(), pool.inputs()));
        }
      }
    }
    return new Deployable(new Graph(nodes), source.weights());
  }
}
