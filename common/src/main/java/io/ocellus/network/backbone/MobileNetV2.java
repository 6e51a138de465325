package io.ocellus.network.backbone;

import io.ocellus.network.attention.Attention;
import io.ocellus.network.attention.Attentions;
import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Init;
import io.ocellus.network.graph.Linear;
import io.ocellus.network.graph.Value;
import io.ocellus.network.option.Options;
import java.util.List;

/**
 * MobileNet V2 (Sandler et al. 2018, <a href="https://arxiv.org/abs/1801.04381">arXiv
 * 1801.04381</a>, table 2): inverted residuals, which widen the maps, convolve each of them by
 * itself, and narrow them again without a nonlinearity. ReLUs end at 6. The names are
 * torchvision's.
 *
 * @param width multiplies the channels, which are rounded to multiples of 8
 * @param dropRate dropout before the last layer
 * @param attention on each block's branch, before it is added
 */
public record MobileNetV2(double width, double dropRate, Attention attention) implements Backbone {
  private static final int STEM = 32;
  private static final int LAST = 1280;
  private static final int DIVISOR = 8;

  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 16, 1, 1),
          new Stage(6, 24, 2, 2),
          new Stage(6, 32, 3, 2),
          new Stage(6, 64, 4, 2),
          new Stage(6, 96, 3, 1),
          new Stage(6, 160, 3, 2),
          new Stage(6, 320, 1, 1));

  /** A row of table 2: t, c, n and s. */
  private record Stage(int expansion, int channels, int blocks, int stride) {}

  public MobileNetV2 {
    if (!(width > 0)) {
      throw new IllegalArgumentException("width must be above 0, not " + width);
    }
    DropRate.check(dropRate);
  }

  /** From named options. */
  public static MobileNetV2 of(Options options) {
    return new MobileNetV2(
        options.number("width", 1), options.number("drop-rate", 0.2), Attentions.of(options));
  }

  @Override
  public Origin origin() {
    return Origin.imageNet("Sandler et al. 2018, arXiv 1801.04381");
  }

  @Override
  public Graph graph(GraphBuilder builder, int classes) {
    GraphBuilder graph = builder.startingWith(Init.KAIMING_NORMAL_FAN_OUT);
    GraphBuilder features = graph.scope("features");
    Value x = dense(features.scope("0"), graph.input(), channels(STEM, width), 3, 2);
    int layer = 1;
    for (Stage stage : STAGES) {
      for (int i = 0; i < stage.blocks(); i++) {
        GraphBuilder block = features.scope(Integer.toString(layer++));
        x = invertedResidual(block, x, stage, i == 0 ? stage.stride() : 1);
      }
    }
    x = dense(features.scope(Integer.toString(layer)), x, channels(LAST, Math.max(1, width)), 1, 1);
    x = graph.dropout(graph.globalPool(x), dropRate);
    Linear head = new Linear(x.channels(), classes, true, Init.NORMAL_HUNDREDTH);
    graph.linear("classifier.1", x, head);
    return graph.build();
  }

  /** The multiple of 8 that is nearest, but at least nine tenths of what was asked for. */
  private static int channels(int full, double width) {
    double wanted = full * width;
    int rounded = Math.max(DIVISOR, (int) (wanted + DIVISOR / 2.0) / DIVISOR * DIVISOR);
    return rounded < 0.9 * wanted ? rounded + DIVISOR : rounded;
  }

  private Value invertedResidual(GraphBuilder graph, Value x, Stage stage, int stride) {
    GraphBuilder conv = graph.scope("conv");
    int layer = 0;
    Value y = x;
    if (stage.expansion() > 1) {
      y = dense(conv.scope(Integer.toString(layer++)), x, x.channels() * stage.expansion(), 1, 1);
    }
    y = depthwise(conv.scope(Integer.toString(layer++)), y, stride);
    y = conv.conv(Integer.toString(layer++), y, channels(stage.channels(), width), 1, 1, 0);
    y = attention.apply(graph, conv.batchNorm(Integer.toString(layer), y));
    return stride == 1 && x.channels() == y.channels() ? graph.add(x, y) : y;
  }

  private static Value dense(GraphBuilder graph, Value x, long filters, int kernel, int stride) {
    return normalised(
        graph, x, new Conv(x.channels(), filters, kernel, stride, kernel / 2, 1, 1, false));
  }

  private static Value depthwise(GraphBuilder graph, Value x, int stride) {
    int channels = Math.toIntExact(x.channels());
    return normalised(graph, x, new Conv(channels, channels, 3, stride, 1, 1, channels, false));
  }

  private static Value normalised(GraphBuilder graph, Value x, Conv conv) {
    return graph.relu6(graph.batchNorm("1", graph.conv("0", x, conv)));
  }
}
