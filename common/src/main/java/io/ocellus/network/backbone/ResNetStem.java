package io.ocellus.network.backbone;

import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;

/** How a residual network turns images into its first maps; half the extent is left. */
enum ResNetStem {
  /** A 7x7 convolution. */
  PLAIN {
    @Override
    Value apply(GraphBuilder graph, Value images) {
      return graph.relu(graph.batchNorm("bn1", graph.conv("conv1", images, WIDTH, 7, 2, 3)));
    }
  },
  /**
   * Three 3x3 convolutions (He et al. 2019, <a href="https://arxiv.org/abs/1812.01187">arXiv
   * 1812.01187</a>, ResNet-C).
   */
  DEEP {
    @Override
    Value apply(GraphBuilder graph, Value images) {
      GraphBuilder conv1 = graph.scope("conv1");
      Value x = conv1.conv("0", images, WIDTH / 2, 3, 2, 1);
      x = conv1.conv("3", conv1.relu(conv1.batchNorm("1", x)), WIDTH / 2, 3, 1, 1);
      x = conv1.conv("6", conv1.relu(conv1.batchNorm("4", x)), WIDTH, 3, 1, 1);
      return graph.relu(graph.batchNorm("bn1", x));
    }
  };

  static final int WIDTH = 64;

  abstract Value apply(GraphBuilder graph, Value images);
}
