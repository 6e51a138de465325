package io.ocellus.network.backbone;

import io.ocellus.network.attention.Attention;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;

/**
 * A bottleneck whose batch norms and ReLUs come before its convolutions (He et al. 2016, <a
 * href="https://arxiv.org/abs/1603.05027">arXiv 1603.05027</a>).
 *
 * @param attention on the branch
 */
record PreActivated(Attention attention) {
  private static final int EXPANSION = 4;

  Value apply(GraphBuilder graph, Value x, long filters, int stride) {
    long width = filters / EXPANSION;
    Value active = graph.relu(graph.batchNorm("bn1", x));
    Value y = graph.conv("conv1", active, width, 1, 1, 0);
    y = graph.conv("conv2", graph.relu(graph.batchNorm("bn2", y)), width, 3, stride, 1);
    y = graph.conv("conv3", graph.relu(graph.batchNorm("bn3", y)), filters, 1, 1, 0);
    boolean same = stride == 1 && x.channels() == filters;
    Value shortcut = same ? x : graph.conv("conv4", active, filters, 1, stride, 0);
    return graph.add(attention.apply(graph, y), shortcut);
  }

  /** One that keeps extent and channels. */
  Value apply(GraphBuilder graph, Value x) {
    return apply(graph, x, x.channels(), 1);
  }
}
