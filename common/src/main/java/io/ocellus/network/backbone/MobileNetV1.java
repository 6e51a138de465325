package io.ocellus.network.backbone;

import io.ocellus.network.attention.Attention;
import io.ocellus.network.attention.Attentions;
import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;
import io.ocellus.network.option.Options;

/**
 * MobileNet V1 (Howard et al. 2017, <a href="https://arxiv.org/abs/1704.04861">arXiv
 * 1704.04861</a>, table 1): a 3x3 convolution of each channel by itself, then a 1x1 convolution
 * across the channels, thirteen times.
 *
 * @param width alpha: the share of table 1's filters that each layer has
 * @param attention after each pair of convolutions
 */
public record MobileNetV1(double width, Attention attention) implements Backbone {
  private static final int[] FILTERS = {
    64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024
  };

  public MobileNetV1 {
    if (!(width > 0)) {
      throw new IllegalArgumentException("width must be above 0, not " + width);
    }
  }

  /** From named options. */
  public static MobileNetV1 of(Options options) {
    return new MobileNetV1(options.number("width", 1), Attentions.of(options));
  }

  @Override
  public Origin origin() {
    return Origin.imageNet("Howard et al. 2017, arXiv 1704.04861");
  }

  @Override
  public Graph graph(GraphBuilder graph, int classes) {
    GraphBuilder features = graph.scope("features");
    GraphBuilder stem = features.scope("0");
    Value x = stem.conv("conv", graph.input(), filters(32), 3, 2, 1);
    x = stem.relu(stem.batchNorm("norm", x));
    for (int i = 0; i < FILTERS.length; i++) {
      boolean halves = i > 0 && FILTERS[i] > FILTERS[i - 1];
      x = block(features.scope(Integer.toString(i + 1)), x, filters(FILTERS[i]), halves ? 2 : 1);
    }
    graph.linear("classifier", graph.globalPool(x), classes, true);
    return graph.build();
  }

  private long filters(int full) {
    return Math.max(1, Math.round(full * width));
  }

  private Value block(GraphBuilder graph, Value x, long filters, int stride) {
    int channels = Math.toIntExact(x.channels());
    Conv each = new Conv(channels, channels, 3, stride, 1, 1, channels, false);
    Value y = graph.relu(graph.batchNorm("norm1", graph.conv("depthwise", x, each)));
    y = graph.batchNorm("norm2", graph.conv("pointwise", y, filters, 1, 1, 0));
    return attention.apply(graph, graph.relu(y));
  }
}
