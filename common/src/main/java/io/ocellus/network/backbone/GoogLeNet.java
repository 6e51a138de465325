package io.ocellus.network.backbone;

import io.ocellus.network.attention.Attention;
import io.ocellus.network.attention.Attentions;
import io.ocellus.network.graph.BatchNorm;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Init;
import io.ocellus.network.graph.Linear;
import io.ocellus.network.graph.Value;
import io.ocellus.network.option.Options;
import java.util.List;

/**
 * GoogLeNet, the first Inception network (Szegedy et al. 2015, <a
 * href="https://arxiv.org/abs/1409.4842">arXiv 1409.4842</a>, table 1): each module looks through
 * kernels of several sizes side by side. It is torchvision's, with its names: batch norms with an
 * epsilon of 0.001 behind the convolutions, and 3x3 kernels where the paper has 5x5.
 *
 * <p>The two auxiliary classifiers, which only help to train, are left out: of weights that
 * torchvision publishes, the entries {@code aux1.*} and {@code aux2.*} have no place here and are
 * not needed. Those weights want images with mean and deviation of 0.5 in each channel.
 *
 * @param dropRate dropout before the last layer
 * @param attention after each module
 */
public record GoogLeNet(double dropRate, Attention attention) implements Backbone {
  private static final float EPSILON = 1e-3f;
  private static final float MOMENTUM = 0.1f;

  public GoogLeNet {
    DropRate.check(dropRate);
  }

  /** From named options. */
  public static GoogLeNet of(Options options) {
    return new GoogLeNet(options.number("drop-rate", 0.2), Attentions.of(options));
  }

  @Override
  public Origin origin() {
    return Origin.imageNet("Szegedy et al. 2015, arXiv 1409.4842");
  }

  @Override
  public Graph graph(GraphBuilder builder, int classes) {
    GraphBuilder graph = builder.startingWith(Init.NORMAL_HUNDREDTH);
    Value x = convolution(graph.scope("conv1"), graph.input(), 64, 7, 2);
    x = graph.maxPoolCeil(x, 3, 2, 0);
    x = convolution(graph.scope("conv2"), x, 64, 1, 1);
    x = convolution(graph.scope("conv3"), x, 192, 3, 1);
    x = graph.maxPoolCeil(x, 3, 2, 0);
    x = module(graph, "3a", x, 64, 96, 128, 16, 32, 32);
    x = module(graph, "3b", x, 128, 128, 192, 32, 96, 64);
    x = graph.maxPoolCeil(x, 3, 2, 0);
    x = module(graph, "4a", x, 192, 96, 208, 16, 48, 64);
    x = module(graph, "4b", x, 160, 112, 224, 24, 64, 64);
    x = module(graph, "4c", x, 128, 128, 256, 24, 64, 64);
    x = module(graph, "4d", x, 112, 144, 288, 32, 64, 64);
    x = module(graph, "4e", x, 256, 160, 320, 32, 128, 128);
    x = graph.maxPoolCeil(x, 2, 2, 0);
    x = module(graph, "5a", x, 256, 160, 320, 32, 128, 128);
    x = module(graph, "5b", x, 384, 192, 384, 48, 128, 128);
    x = graph.dropout(graph.globalPool(x), dropRate);
    graph.linear("fc", x, new Linear(x.channels(), classes, true, Init.NORMAL_HUNDREDTH));
    return graph.build();
  }

  /** The filters in the order of the paper's table 1. */
  private Value module(GraphBuilder parent, String name, Value x, int... filters) {
    GraphBuilder graph = parent.scope("inception" + name);
    Value one = convolution(graph.scope("branch1"), x, filters[0], 1, 1);
    Value three = reduced(graph.scope("branch2"), x, filters[1], filters[2]);
    Value five = reduced(graph.scope("branch3"), x, filters[3], filters[4]);
    Value pooled = graph.maxPoolCeil(x, 3, 1, 1);
    Value pool = convolution(graph.scope("branch4.1"), pooled, filters[5], 1, 1);
    return attention.apply(graph, graph.concat(List.of(one, three, five, pool)));
  }

  private static Value reduced(GraphBuilder graph, Value x, int reduce, int filters) {
    return convolution(
        graph.scope("1"), convolution(graph.scope("0"), x, reduce, 1, 1), filters, 3, 1);
  }

  private static Value convolution(
      GraphBuilder graph, Value x, int filters, int kernel, int stride) {
    Value y = graph.conv("conv", x, filters, kernel, stride, kernel / 2);
    return graph.relu(graph.layer("bn", new BatchNorm(filters, EPSILON, MOMENTUM), y));
  }
}
