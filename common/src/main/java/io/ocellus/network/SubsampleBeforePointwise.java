package io.ocellus.network;

import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.MaxPool;
import io.ocellus.network.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A 1x1 convolution with a stride reads every stride-th pixel of each row and column; taking those
 * first leaves a convolution without stride. oneDNN 3.7, which is in PyTorch 2.7, divides by zero
 * when it plans some of the strided ones for channels-last maps, such as 512 to 1024 channels in
 * ResNet-50's third stage.
 */
final class SubsampleBeforePointwise {
  private SubsampleBeforePointwise() {}

  static Deployable apply(Deployable source) {
    List<Node> nodes = new ArrayList<>();
    List<Integer> moved = new ArrayList<>();
    for (Node node : source.graph().nodes()) {
      List<Integer> inputs = node.inputs().stream().map(moved::get).toList();
      if (node.op() instanceof Conv conv && conv.stridedPointwise()) {
        MaxPool subsample = new MaxPool(1, conv.stride(), 0, false);
        nodes.add(new Node(node.name() + ".subsample", subsample, inputs));
        nodes.add(new Node(node.name(), conv.withoutStride(), List.of(nodes.size() - 1)));
      } else {
        nodes.add(new Node(node.name(), node.op(), inputs));
      }
      moved.add(nodes.size() - 1);
    }
    return new Deployable(new Graph(nodes), source.weights());
  }
}
