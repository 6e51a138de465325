package io.ocellus.network.backbone;

import io.ocellus.network.attention.Attention;
import io.ocellus.network.attention.Attentions;
import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Init;
import io.ocellus.network.graph.Value;
import io.ocellus.network.option.Options;
import java.util.List;
import java.util.Map;

/**
 * SqueezeNet (Iandola et al. 2016, <a href="https://arxiv.org/abs/1602.07360">arXiv 1602.07360</a>,
 * table 1): each fire module squeezes to few channels by 1x1 convolutions, and expands by 1x1 and
 * 3x3 ones side by side. The head is a convolution, whose maps are averaged. The names are
 * torchvision's.
 *
 * @param version which of the authors' two
 * @param dropRate dropout before the last convolution
 * @param attention after each fire module
 */
public record SqueezeNet(Version version, double dropRate, Attention attention)
    implements Backbone {
  /** Channels of the eight fire modules between the squeeze and each of the expansions. */
  private static final int[] SQUEEZE = {16, 16, 32, 32, 48, 48, 64, 64};

  private static final int WIDENING = 4;

  /** The authors' releases. */
  public enum Version {
    /** As in the paper: 96 filters of 7x7 first. */
    V1_0,
    /** Pools earlier and begins with 64 filters of 3x3, for 2.4 times less computation. */
    V1_1;

    private Conv stem() {
      return this == V1_0
          ? new Conv(3, 96, 7, 2, 0, 1, 1, true)
          : new Conv(3, 64, 3, 2, 0, 1, 1, true);
    }

    private boolean pools(int layer) {
      return this == V1_0
          ? layer == 2 || layer == 6 || layer == 11
          : layer == 2 || layer == 5 || layer == 8;
    }
  }

  public SqueezeNet {
    DropRate.check(dropRate);
  }

  /** From named options. */
  public static SqueezeNet of(Options options) {
    return new SqueezeNet(
        options.choice("version", "1.1", Map.of("1.0", Version.V1_0, "1.1", Version.V1_1)),
        options.number("drop-rate", 0.5),
        Attentions.of(options));
  }

  @Override
  public Origin origin() {
    return Origin.imageNet("Iandola et al. 2016, arXiv 1602.07360");
  }

  @Override
  public Graph graph(GraphBuilder builder, int classes) {
    GraphBuilder graph = builder.startingWith(Init.KAIMING_UNIFORM);
    Value x = features(graph.scope("features"), graph.input());
    GraphBuilder classifier = graph.scope("classifier");
    Conv head = new Conv(x.channels(), classes, 1, 1, 0, 1, 1, true);
    x = classifier.dropout(x, dropRate);
    x = classifier.startingWith(Init.NORMAL_HUNDREDTH).conv("1", x, head);
    graph.globalPool(graph.relu(x));
    return graph.build();
  }

  /** torchvision counts stem, its ReLU, pools and fire modules as one layer each. */
  private Value features(GraphBuilder graph, Value image) {
    Value x = graph.relu(graph.conv("0", image, version.stem()));
    int layer = 2;
    for (int squeeze : SQUEEZE) {
      if (version.pools(layer)) {
        x = graph.maxPoolCeil(x, 3, 2, 0);
        layer++;
      }
      x = fire(graph.scope(Integer.toString(layer)), x, squeeze);
      layer++;
    }
    return x;
  }

  private Value fire(GraphBuilder graph, Value x, int squeeze) {
    Value squeezed = convolution(graph, "squeeze", x, squeeze, 1);
    Value narrow = convolution(graph, "expand1x1", squeezed, WIDENING * squeeze, 1);
    Value wide = convolution(graph, "expand3x3", squeezed, WIDENING * squeeze, 3);
    return attention.apply(graph, graph.concat(List.of(narrow, wide)));
  }

  private static Value convolution(
      GraphBuilder graph, String name, Value x, int filters, int kernel) {
    Conv conv = new Conv(x.channels(), filters, kernel, 1, kernel / 2, 1, 1, true);
    return graph.relu(graph.conv(name, x, conv));
  }
}
