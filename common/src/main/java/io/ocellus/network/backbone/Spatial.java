package io.ocellus.network.backbone;

import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;
import java.util.Map;

/**
 * What a bottleneck computes between its two 1x1 convolutions, where pixels see their neighbours;
 * batch norm and ReLU included.
 */
interface Spatial {
  /** By the names that the option {@code spatial} takes. */
  Map<String, Spatial> CATALOGUE =
      Map.of("conv", Spatial::conv, "sk", new SelectiveKernel(), "split", new SplitAttention());

  /** Takes over from a 3x3 convolution of those channels and groups, with that stride. */
  Value apply(GraphBuilder bottleneck, Value x, int stride, int groups);

  /** That convolution itself. */
  private static Value conv(GraphBuilder bottleneck, Value x, int stride, int groups) {
    Conv conv = new Conv(x.channels(), x.channels(), 3, stride, 1, 1, groups, false);
    return bottleneck.relu(bottleneck.batchNorm("bn2", bottleneck.conv("conv2", x, conv)));
  }
}
