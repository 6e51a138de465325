package io.ocellus.network;

import io.ocellus.network.graph.AdaptiveAvgPool;
import io.ocellus.network.graph.GlobalPool;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.Linear;
import io.ocellus.network.graph.Multiply;
import io.ocellus.network.graph.Node;
import io.ocellus.network.graph.Op;
import io.ocellus.network.graph.Relu;
import io.ocellus.network.graph.ResizeAs;
import io.ocellus.network.graph.Sigmoid;
import io.ocellus.network.graph.Unflatten;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Squeeze-and-excitation as 1x1 convolutions of maps of one pixel, whose result is repeated in the
 * extent of what it multiplies. ONNX Runtime keeps the channels of convolutions in blocks as wide
 * as the processor's vectors, multiplies blocks by blocks of the same shape alone, and otherwise
 * puts all maps behind each gate in order and into blocks again.
 */
final class GateByConvolution {
  /**
   * Float32 numbers in a vector of AVX-512. Channels that do not fill it are put in order anyway.
   */
  private static final int BLOCK = 16;

  private GateByConvolution() {}

  static Deployable apply(Deployable source) {
    Graph graph = source.graph();
    int[] uses = graph.uses();
    List<Node> nodes = new ArrayList<>(graph.nodes());
    Map<String, Tensor> weights = new HashMap<>(source.weights());
    for (Node product : graph.nodes()) {
      if (product.op() instanceof Multiply) {
        List<Integer> gate = gate(graph.nodes(), product, uses);
        gate.forEach(i -> nodes.set(i, asMaps(nodes.get(i), product.inputs().get(0), weights)));
      }
    }
    return new Deployable(new Graph(nodes), weights);
  }

  /** From the end to its beginning; none where the gate is of another kind. */
  private static List<Integer> gate(List<Node> nodes, Node product, int[] uses) {
    int gated = product.inputs().get(0);
    int last = product.inputs().get(1);
    List<Integer> gate = new ArrayList<>();
    if (!(nodes.get(last).op() instanceof Unflatten gates) || gates.channels() % BLOCK != 0) {
      return gate;
    }
    int at = last;
    while (uses[at] == 1 && (at == last || keepsVectors(nodes.get(at).op()))) {
      gate.add(at);
      at = nodes.get(at).inputs().get(0);
    }
    gate.add(at);
    Node first = nodes.get(at);
    boolean squeezes = first.op() instanceof GlobalPool && first.inputs().get(0) == gated;
    return squeezes && uses[at] == 1 ? gate : List.of();
  }

  private static boolean keepsVectors(Op op) {
    return op instanceof Linear || op instanceof Relu || op instanceof Sigmoid;
  }

  private static Node asMaps(Node node, int gated, Map<String, Tensor> weights) {
    if (node.op() instanceof GlobalPool) {
      return new Node(node.name(), new AdaptiveAvgPool(1), node.inputs());
    }
    if (node.op() instanceof Unflatten) {
      return new Node(node.name(), new ResizeAs(), List.of(node.inputs().get(0), gated));
    }
    if (node.op() instanceof Linear linear) {
      long[] shape = {linear.outputs(), linear.inputs(), 1, 1};
      weights.computeIfPresent(node.name() + ".weight", (k, w) -> new Tensor(shape, w.values()));
      return new Node(node.name(), linear.asPointwise(), node.inputs());
    }
    return node;
  }
}
