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
 * VGG (Simonyan and Zisserman 2015, <a href="https://arxiv.org/abs/1409.1556">arXiv 1409.1556</a>,
 * table 1, columns A, B, D and E): stages of 3x3 convolutions, each stage at half the extent of the
 * one before, then three linear layers that hold most of the parameters. With the batch norms that
 * torchvision adds, and under its names ({@code vgg16_bn}).
 *
 * @param convolutions of each of the five stages
 * @param hiddenUnits of the two hidden linear layers
 * @param dropRate dropout after each hidden linear layer
 * @param attention after each convolution's ReLU, where the paper of squeeze-and-excitation puts it
 */
public record Vgg(List<Integer> convolutions, int hiddenUnits, double dropRate, Attention attention)
    implements Backbone {
  private static final int[] FILTERS = {64, 128, 256, 512, 512};
  private static final int EXTENT = 7;

  public Vgg {
    convolutions = List.copyOf(convolutions);
    if (convolutions.size() != FILTERS.length) {
      throw new IllegalArgumentException(
          "convolutions must be %d numbers, one for each stage, not %d"
              .formatted(FILTERS.length, convolutions.size()));
    }
    convolutions.forEach(count -> AtLeastOne.check("convolutions", count));
    AtLeastOne.check("hidden-units", hiddenUnits);
    DropRate.check(dropRate);
  }

  /** From named options; what is not named is VGG-16's. */
  public static Vgg of(Options options) {
    return new Vgg(
        options.integers("convolutions", "2,2,3,3,3"),
        options.integer("hidden-units", 4096),
        options.number("drop-rate", 0.5),
        Attentions.of(options));
  }

  @Override
  public Origin origin() {
    return Origin.imageNet("Simonyan and Zisserman 2015, arXiv 1409.1556");
  }

  @Override
  public Graph graph(GraphBuilder builder, int classes) {
    GraphBuilder graph = builder.startingWith(Init.KAIMING_NORMAL_FAN_OUT);
    Value x = features(graph.scope("features"), graph.input());
    Value vector = graph.flatten(graph.adaptiveAvgPool(x, EXTENT), EXTENT, EXTENT);
    classify(graph.scope("classifier"), vector, classes);
    return graph.build();
  }

  /** torchvision counts convolution, norm, ReLU and pool as one layer each. */
  private Value features(GraphBuilder graph, Value x) {
    int layer = 0;
    for (int stage = 0; stage < FILTERS.length; stage++) {
      for (int i = 0; i < convolutions.get(stage); i++) {
        x = convolution(graph, x, FILTERS[stage], layer);
        layer += 3;
      }
      x = graph.maxPool(x, 2, 2, 0);
      layer++;
    }
    return x;
  }

  private Value convolution(GraphBuilder graph, Value x, int filters, int layer) {
    Conv conv = new Conv(x.channels(), filters, 3, 1, 1, 1, 1, true);
    Value y = graph.conv(Integer.toString(layer), x, conv);
    y = graph.relu(graph.batchNorm(Integer.toString(layer + 1), y));
    return attention.apply(graph.scope(Integer.toString(layer + 2)), y);
  }

  private void classify(GraphBuilder graph, Value vector, int classes) {
    Value x = graph.relu(linear(graph, "0", vector, hiddenUnits));
    x = graph.relu(linear(graph, "3", graph.dropout(x, dropRate), hiddenUnits));
    linear(graph, "6", graph.dropout(x, dropRate), classes);
  }

  private static Value linear(GraphBuilder graph, String name, Value x, int outputs) {
    return graph.linear(name, x, new Linear(x.channels(), outputs, true, Init.NORMAL_HUNDREDTH));
  }
}
