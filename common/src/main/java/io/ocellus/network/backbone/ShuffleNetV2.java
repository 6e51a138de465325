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

/**
 * ShuffleNet V2 (Ma et al. 2018, <a href="https://arxiv.org/abs/1807.11164">arXiv 1807.11164</a>,
 * table 5 and figure 3): each unit leaves half of the channels as they are, convolves the other
 * half, and shuffles both. The names are torchvision's.
 *
 * @param channels of the three stages and of the last convolution
 * @param attention on what each unit has convolved, before it is concatenated
 */
public record ShuffleNetV2(List<Integer> channels, Attention attention) implements Backbone {
  private static final int STEM = 24;
  private static final int[] UNITS = {4, 8, 4};

  public ShuffleNetV2 {
    channels = List.copyOf(channels);
    if (channels.size() != UNITS.length + 1
        || channels.stream().anyMatch(count -> count < 2 || count % 2 != 0)) {
      throw new IllegalArgumentException(
          "channels must be four even numbers, three stages and the last convolution, not "
              + channels);
    }
  }

  /** From named options; what is not named is that of 1.0x. */
  public static ShuffleNetV2 of(Options options) {
    return new ShuffleNetV2(
        options.integers("channels", "116,232,464,1024"), Attentions.of(options));
  }

  @Override
  public Origin origin() {
    return Origin.imageNet("Ma et al. 2018, arXiv 1807.11164");
  }

  @Override
  public Graph graph(GraphBuilder builder, int classes) {
    GraphBuilder graph = builder.startingWith(Init.LINEAR_UNIFORM);
    GraphBuilder stem = graph.scope("conv1");
    Value x = stem.batchNorm("1", stem.conv("0", graph.input(), STEM, 3, 2, 1));
    x = graph.maxPool(graph.relu(x), 3, 2, 1);
    for (int i = 0; i < UNITS.length; i++) {
      GraphBuilder stage = graph.scope("stage" + (i + 2));
      x = down(stage.scope("0"), x, channels.get(i));
      for (int unit = 1; unit < UNITS[i]; unit++) {
        x = unit(stage.scope(Integer.toString(unit)), x);
      }
    }
    x = pointwise(graph.scope("conv5"), "0", "1", x, channels.get(UNITS.length));
    graph.linear("fc", graph.globalPool(x), classes, true);
    return graph.build();
  }

  private Value unit(GraphBuilder graph, Value x) {
    long half = x.channels() / 2;
    Value left = graph.slice(x, 0, half);
    Value right = branch(graph.scope("branch2"), graph.slice(x, half, x.channels()), half, 1);
    return graph.channelShuffle(graph.concat(List.of(left, right)), 2);
  }

  /** Both halves come from all channels, at half the extent. */
  private Value down(GraphBuilder graph, Value x, int filters) {
    GraphBuilder branch1 = graph.scope("branch1");
    Value left = depthwise(branch1, "0", "1", x, 2);
    left = pointwise(branch1, "2", "3", left, filters / 2);
    Value right = branch(graph.scope("branch2"), x, filters / 2, 2);
    return graph.channelShuffle(graph.concat(List.of(left, right)), 2);
  }

  private Value branch(GraphBuilder graph, Value x, long filters, int stride) {
    Value y = pointwise(graph, "0", "1", x, filters);
    y = depthwise(graph, "3", "4", y, stride);
    return attention.apply(graph, pointwise(graph, "5", "6", y, filters));
  }

  private static Value pointwise(
      GraphBuilder graph, String conv, String norm, Value x, long filters) {
    return graph.relu(graph.batchNorm(norm, graph.conv(conv, x, filters, 1, 1, 0)));
  }

  private static Value depthwise(
      GraphBuilder graph, String conv, String norm, Value x, int stride) {
    int channels = Math.toIntExact(x.channels());
    Conv each = new Conv(channels, channels, 3, stride, 1, 1, channels, false);
    return graph.batchNorm(norm, graph.conv(conv, x, each));
  }
}
