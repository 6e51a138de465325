package io.ocellus.network.backbone;

import io.ocellus.network.attention.Attention;
import io.ocellus.network.attention.Attentions;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Init;
import io.ocellus.network.graph.Linear;
import io.ocellus.network.graph.Value;
import io.ocellus.network.option.Options;

/**
 * The thin residual networks for small images (He et al. 2016, <a
 * href="https://arxiv.org/abs/1512.03385">arXiv 1512.03385</a>, section 4.2): three stages of 16,
 * 32 and 64 filters with {@code n} blocks each, {@code 6n + 2} layers deep. Shortcuts learn nothing
 * (option A): between stages they take every other pixel, with zeros for the channels that are new,
 * as many before as behind. The names are those of akamaster's pytorch_resnet_cifar10, which
 * publishes weights.
 *
 * @param depth {@code 6n + 2}
 * @param attention on each block's branch, before it is added
 */
public record CifarResNet(int depth, Attention attention) implements Backbone {
  private static final int STAGES = 3;
  private static final int STEM = 16;

  public CifarResNet {
    if (depth < 8 || depth % 6 != 2) {
      throw new IllegalArgumentException("depth must be 6n + 2, such as 20 or 110, not " + depth);
    }
  }

  /** From named options. */
  public static CifarResNet of(Options options) {
    return new CifarResNet(options.integer("depth", 20), Attentions.of(options));
  }

  @Override
  public Origin origin() {
    return Origin.cifar("He et al. 2016, arXiv 1512.03385");
  }

  @Override
  public Graph graph(GraphBuilder graph, int classes) {
    Value x = graph.relu(graph.batchNorm("bn1", graph.conv("conv1", graph.input(), STEM, 3, 1, 1)));
    for (int stage = 0; stage < STAGES; stage++) {
      GraphBuilder layer = graph.scope("layer" + (stage + 1));
      for (int i = 0; i < (depth - 2) / 6; i++) {
        x = residual(layer.scope(Integer.toString(i)), x, (long) STEM << stage);
      }
    }
    Linear head = new Linear(x.channels(), classes, true, Init.KAIMING_NORMAL);
    graph.linear("linear", graph.globalPool(x), head);
    return graph.build();
  }

  private Value residual(GraphBuilder graph, Value x, long planes) {
    int stride = planes == x.channels() ? 1 : 2;
    Value y = graph.relu(graph.batchNorm("bn1", graph.conv("conv1", x, planes, 3, stride, 1)));
    y = graph.batchNorm("bn2", graph.conv("conv2", y, planes, 3, 1, 1));
    Value branch = attention.apply(graph, y);
    return graph.relu(graph.add(branch, shortcut(graph, x, planes)));
  }

  private static Value shortcut(GraphBuilder graph, Value x, long planes) {
    if (planes == x.channels()) {
      return x;
    }
    long before = (planes - x.channels()) / 2;
    return graph.padChannels(graph.subsample(x, 2), before, planes - x.channels() - before);
  }
}
