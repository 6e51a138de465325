package io.ocellus.network.backbone;

import io.ocellus.network.attention.Attention;
import io.ocellus.network.attention.Attentions;
import io.ocellus.network.graph.AvgPool;
import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;
import io.ocellus.network.option.Options;
import java.util.List;

/**
 * ShuffleNet (Zhang et al. 2018, <a href="https://arxiv.org/abs/1707.01083">arXiv 1707.01083</a>,
 * table 1 and figure 2): 1x1 convolutions in groups, and a shuffle so that groups learn of each
 * other. Names, and the shuffle behind the 3x3 convolution of each channel, where it comes to the
 * same, are those of the authors' code (megvii-model); the head has a bias here.
 *
 * @param channels of the stem and of the three stages
 * @param groups of the 1x1 convolutions
 * @param attention on each unit's branch, before it is added or concatenated
 */
public record ShuffleNetV1(List<Integer> channels, int groups, Attention attention)
    implements Backbone {
  private static final int[] UNITS = {4, 8, 4};
  private static final int BOTTLENECK = 4;

  public ShuffleNetV1 {
    channels = List.copyOf(channels);
    AtLeastOne.check("groups", groups);
    channels.forEach(count -> AtLeastOne.check("channels", count));
    if (channels.size() != UNITS.length + 1) {
      throw new IllegalArgumentException(
          "channels must be four numbers, the stem and three stages, not " + channels);
    }
  }

  /** From named options; what is not named is that of 1x with three groups. */
  public static ShuffleNetV1 of(Options options) {
    return new ShuffleNetV1(
        options.integers("channels", "24,240,480,960"),
        options.integer("groups", 3),
        Attentions.of(options));
  }

  @Override
  public Origin origin() {
    return Origin.imageNet("Zhang et al. 2018, arXiv 1707.01083");
  }

  @Override
  public Graph graph(GraphBuilder graph, int classes) {
    GraphBuilder stem = graph.scope("first_conv");
    Value x = stem.batchNorm("1", stem.conv("0", graph.input(), channels.get(0), 3, 2, 1));
    x = graph.maxPool(graph.relu(x), 3, 2, 1);
    int unit = 0;
    for (int stage = 0; stage < UNITS.length; stage++) {
      for (int i = 0; i < UNITS[stage]; i++) {
        GraphBuilder features = graph.scope("features." + unit);
        x = unit(features, x, channels.get(stage + 1), i == 0, unit == 0 ? 1 : groups);
        unit++;
      }
    }
    graph.linear("classifier.0", graph.globalPool(x), classes, true);
    return graph.build();
  }

  /** The first convolution of the first unit has too few channels for groups. */
  private Value unit(GraphBuilder graph, Value x, int outputs, boolean halves, int firstGroups) {
    long filters = halves ? outputs - x.channels() : outputs;
    GraphBuilder main1 = graph.scope("branch_main_1");
    GraphBuilder main2 = graph.scope("branch_main_2");
    int middle = outputs / BOTTLENECK;
    Value y = main1.conv("0", x, grouped(x.channels(), middle, firstGroups));
    y = main1.relu(main1.batchNorm("1", y));
    Conv each = new Conv(middle, middle, 3, halves ? 2 : 1, 1, 1, middle, false);
    y = graph.channelShuffle(main1.batchNorm("4", main1.conv("3", y, each)), groups);
    y = main2.batchNorm("1", main2.conv("0", y, grouped(middle, filters, groups)));
    y = attention.apply(graph, y);
    return halves
        ? graph.concat(List.of(graph.avgPool(x, new AvgPool(3, 2, 1, false)), graph.relu(y)))
        : graph.relu(graph.add(y, x));
  }

  private static Conv grouped(long channels, long filters, int groups) {
    return new Conv(channels, filters, 1, 1, 0, 1, groups, false);
  }
}
