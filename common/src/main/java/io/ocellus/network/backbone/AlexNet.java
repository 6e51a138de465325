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
 * AlexNet in one column (Krizhevsky 2014, <a href="https://arxiv.org/abs/1404.5997">arXiv
 * 1404.5997</a>, of Krizhevsky et al. 2012), as in torchvision, whose names these are: five
 * convolutions without local response normalisation, three linear layers. Weights start as PyTorch
 * starts them, biases at 0.
 *
 * @param hiddenUnits of the two hidden linear layers
 * @param dropRate dropout before each hidden linear layer
 * @param attention after each convolution's ReLU
 */
public record AlexNet(int hiddenUnits, double dropRate, Attention attention) implements Backbone {
  private static final int EXTENT = 6;

  public AlexNet {
    AtLeastOne.check("hidden-units", hiddenUnits);
    DropRate.check(dropRate);
  }

  /** From named options. */
  public static AlexNet of(Options options) {
    return new AlexNet(
        options.integer("hidden-units", 4096),
        options.number("drop-rate", 0.5),
        Attentions.of(options));
  }

  @Override
  public Origin origin() {
    return Origin.imageNet("Krizhevsky 2014, arXiv 1404.5997");
  }

  @Override
  public Graph graph(GraphBuilder builder, int classes) {
    GraphBuilder graph = builder.startingWith(Init.LINEAR_UNIFORM);
    Value x = features(graph.scope("features"), graph.input());
    Value vector = graph.flatten(graph.adaptiveAvgPool(x, EXTENT), EXTENT, EXTENT);
    classify(graph.scope("classifier"), vector, classes);
    return graph.build();
  }

  private Value features(GraphBuilder graph, Value image) {
    Value x = convolution(graph, 0, image, new Conv(3, 64, 11, 4, 2, 1, 1, true));
    x = graph.maxPool(x, 3, 2, 0);
    x = convolution(graph, 3, x, new Conv(64, 192, 5, 1, 2, 1, 1, true));
    x = graph.maxPool(x, 3, 2, 0);
    x = convolution(graph, 6, x, new Conv(192, 384, 3, 1, 1, 1, 1, true));
    x = convolution(graph, 8, x, new Conv(384, 256, 3, 1, 1, 1, 1, true));
    x = convolution(graph, 10, x, new Conv(256, 256, 3, 1, 1, 1, 1, true));
    return graph.maxPool(x, 3, 2, 0);
  }

  private Value convolution(GraphBuilder graph, int layer, Value x, Conv conv) {
    Value y = graph.relu(graph.conv(Integer.toString(layer), x, conv));
    return attention.apply(graph.scope(Integer.toString(layer + 1)), y);
  }

  private void classify(GraphBuilder graph, Value vector, int classes) {
    Value x = graph.dropout(vector, dropRate);
    x = graph.relu(graph.linear("1", x, hiddenUnits, true));
    x = graph.dropout(x, dropRate);
    x = graph.relu(graph.linear("4", x, hiddenUnits, true));
    graph.linear("6", x, classes, true);
  }
}
