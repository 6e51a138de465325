package io.ocellus.network.backbone;

import io.ocellus.network.attention.Attention;
import io.ocellus.network.attention.Attentions;
import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Init;
import io.ocellus.network.graph.Value;
import io.ocellus.network.option.Options;

/**
 * Xception (Chollet 2017, <a href="https://arxiv.org/abs/1610.02357">arXiv 1610.02357</a>, figure
 * 5): Inception taken to its end, where each channel is convolved by itself and 1x1 convolutions
 * mix them, in residual blocks. The names are those under which timm publishes weights, which want
 * images with mean and deviation of 0.5 in each channel.
 *
 * @param middleBlocks of the middle flow
 * @param attention on each block's branch, before it is added
 */
public record Xception(int middleBlocks, Attention attention) implements Backbone {
  private static final int SIZE = 299;
  private static final int CLASSES = 1000;

  public Xception {
    AtLeastOne.check("middle-blocks", middleBlocks);
  }

  /** From named options. */
  public static Xception of(Options options) {
    return new Xception(options.integer("middle-blocks", 8), Attentions.of(options));
  }

  @Override
  public Origin origin() {
    return new Origin("Chollet 2017, arXiv 1610.02357", SIZE, CLASSES);
  }

  @Override
  public Graph graph(GraphBuilder builder, int classes) {
    GraphBuilder graph = builder.startingWith(Init.KAIMING_NORMAL_FAN_OUT);
    Value x = graph.batchNorm("bn1", graph.conv("conv1", graph.input(), 32, 3, 2, 0));
    x = graph.batchNorm("bn2", graph.conv("conv2", graph.relu(x), 64, 3, 1, 0));
    x = halving(graph.scope("block1"), graph.relu(x), 128, 128, false);
    x = halving(graph.scope("block2"), x, 256, 256, true);
    x = halving(graph.scope("block3"), x, 728, 728, true);
    int block = 4;
    for (; block < 4 + middleBlocks; block++) {
      x = middle(graph.scope("block" + block), x);
    }
    x = halving(graph.scope("block" + block), x, 728, 1024, true);
    x = graph.relu(graph.batchNorm("bn3", separable(graph.scope("conv3"), x, 1536)));
    x = graph.relu(graph.batchNorm("bn4", separable(graph.scope("conv4"), x, 2048)));
    graph.linear("fc", graph.globalPool(x), classes, true);
    return graph.build();
  }

  /** Of the entry and exit flows: two convolutions and a pool, with a 1x1 convolution around. */
  private Value halving(GraphBuilder graph, Value x, int first, int second, boolean startWithRelu) {
    Value skip = graph.batchNorm("skipbn", graph.conv("skip", x, second, 1, 2, 0));
    int layer = startWithRelu ? 1 : 0;
    Value y = convolution(graph.scope("rep"), startWithRelu ? graph.relu(x) : x, first, layer);
    y = convolution(graph.scope("rep"), graph.relu(y), second, layer + 3);
    y = attention.apply(graph, graph.maxPool(y, 3, 2, 1));
    return graph.add(y, skip);
  }

  private Value middle(GraphBuilder graph, Value x) {
    Value y = x;
    for (int layer = 1; layer <= 7; layer += 3) {
      y = convolution(graph.scope("rep"), graph.relu(y), 728, layer);
    }
    return graph.add(attention.apply(graph, y), x);
  }

  private static Value convolution(GraphBuilder rep, Value x, int filters, int layer) {
    Value y = separable(rep.scope(Integer.toString(layer)), x, filters);
    return rep.batchNorm(Integer.toString(layer + 1), y);
  }

  private static Value separable(GraphBuilder graph, Value x, int filters) {
    int channels = Math.toIntExact(x.channels());
    Conv each = new Conv(channels, channels, 3, 1, 1, 1, channels, false);
    return graph.conv("pointwise", graph.conv("conv1", x, each), filters, 1, 1, 0);
  }
}
