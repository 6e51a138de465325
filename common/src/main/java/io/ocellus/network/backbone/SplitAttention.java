package io.ocellus.network.backbone;

import io.ocellus.network.graph.AvgPool;
import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;
import java.util.List;

/**
 * Split attention (Zhang et al. 2020, <a href="https://arxiv.org/abs/2004.08955">arXiv
 * 2004.08955</a>, section 3; radix 2, as in ResNeSt-50): one grouped 3x3 convolution gives each
 * channel twice, and a softmax that follows from their sum weighs the two. Where it has to halve
 * the extent, a mean of 3x3 pixels does, behind it. Names are those of the authors' program.
 */
record SplitAttention() implements Spatial {
  private static final int RADIX = 2;
  private static final int REDUCTION = 4;
  private static final long LEAST = 32;

  @Override
  public Value apply(GraphBuilder bottleneck, Value x, int stride, int groups) {
    GraphBuilder graph = bottleneck.scope("conv2");
    long channels = x.channels();
    Conv conv = new Conv(channels, channels * RADIX, 3, 1, 1, 1, groups * RADIX, false);
    Value all = graph.relu(graph.batchNorm("bn0", graph.conv("conv", x, conv)));
    List<Value> splits =
        List.of(graph.slice(all, 0, channels), graph.slice(all, channels, RADIX * channels));
    Value y = new SoftSelection(splits).by(graph, sum -> scores(graph, sum, groups));
    return stride == 1 ? y : bottleneck.avgPool(y, new AvgPool(3, stride, 1, false));
  }

  private static List<Value> scores(GraphBuilder graph, Value sum, int groups) {
    long channels = sum.channels();
    long units = Math.max(channels * RADIX / REDUCTION, LEAST);
    Value z = graph.unflatten(graph.globalPool(sum));
    z = graph.conv("fc1", z, new Conv(channels, units, 1, 1, 0, 1, groups, true));
    z = graph.relu(graph.batchNorm("bn1", z));
    z = graph.conv("fc2", z, new Conv(units, channels * RADIX, 1, 1, 0, 1, groups, true));
    Value scores = graph.reshape(z, RADIX * channels);
    return List.of(
        graph.slice(scores, 0, channels), graph.slice(scores, channels, RADIX * channels));
  }
}
