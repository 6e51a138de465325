package io.ocellus.network.backbone;

import io.ocellus.network.backbone.DenseAttention.Place;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;
import io.ocellus.network.option.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * DenseNet-BC (Huang et al. 2017, <a href="https://arxiv.org/abs/1608.06993">arXiv 1608.06993</a>):
 * each layer takes the maps of all layers before it in its block. With {@link
 * io.ocellus.network.attention.SqueezeExcitation} it is SE-DenseNet: ours reweights each layer's
 * new maps after its second convolution, before they are concatenated; the option {@code
 * attention-at} has the other {@linkplain DenseAttention.Place places}.
 *
 * @param growthRate k: new maps per layer
 * @param blockConfig layers in each dense block
 * @param initialFeatures maps that the stem gives
 * @param compression theta: the share of maps that a transition keeps
 * @param bnSize the bottleneck gives {@code bnSize * k} maps
 * @param dropRate dropout after each layer's second convolution
 * @param stem how the image becomes the first maps
 * @param attention which, and where
 */
public record DenseNet(
    int growthRate,
    List<Integer> blockConfig,
    int initialFeatures,
    double compression,
    int bnSize,
    double dropRate,
    Stem stem,
    DenseAttention attention)
    implements Backbone {
  private static final String PAPER = "Huang et al. 2017, arXiv 1608.06993";

  /** How the image becomes the first maps. */
  public enum Stem {
    /** A 7x7 convolution with stride 2 and a max pool: a quarter of the extent is left. */
    IMAGENET,
    /** A 3x3 convolution at full extent, for images of 32 pixels or so. */
    SMALL
  }

  public DenseNet {
    blockConfig = List.copyOf(blockConfig);
    AtLeastOne.check("growth-rate", growthRate);
    AtLeastOne.check("initial-features", initialFeatures);
    AtLeastOne.check("bn-size", bnSize);
    blockConfig.forEach(layers -> AtLeastOne.check("block-config", layers));
    if (!(compression > 0 && compression <= 1)) {
      throw new IllegalArgumentException(
          "compression must be above 0 and at most 1, not " + compression);
    }
    DropRate.check(dropRate);
  }

  /** From named options; what is not named is DenseNet-121's. */
  public static DenseNet of(Options options) {
    return new DenseNet(
        options.integer("growth-rate", 32),
        options.integers("block-config", "6,12,24,16"),
        options.integer("initial-features", 64),
        options.number("compression", 0.5),
        options.integer("bn-size", 4),
        options.number("drop-rate", 0),
        options.choice("stem", "imagenet", Map.of("imagenet", Stem.IMAGENET, "small", Stem.SMALL)),
        DenseAttention.of(options));
  }

  @Override
  public Origin origin() {
    return stem == Stem.SMALL ? Origin.cifar(PAPER) : Origin.imageNet(PAPER);
  }

  @Override
  public Graph graph(GraphBuilder graph, int classes) {
    GraphBuilder features = graph.scope("features");
    Value x = stem(features, graph.input());
    x = attention.apply(Place.STEM, features.scope("stem"), x);
    for (int i = 1; i <= blockConfig.size(); i++) {
      boolean last = i == blockConfig.size();
      GraphBuilder block = features.scope("denseblock" + i);
      x = attention.applyToBlock(last, block, denseBlock(block, x, blockConfig.get(i - 1)));
      x = last ? x : transition(features.scope("transition" + i), x);
    }
    x = features.batchNorm(lastNorm(), x);
    x = features.relu(attention.apply(Place.NORM, features.scope("norm"), x));
    graph.linear("classifier", features.globalPool(x), classes, true);
    return graph.build();
  }

  /** torchvision counts the stem's norm as 0, and one for each block. */
  private String lastNorm() {
    return stem == Stem.SMALL ? "norm_final" : "norm" + (blockConfig.size() + 1);
  }

  private Value stem(GraphBuilder graph, Value image) {
    if (stem == Stem.SMALL) {
      return graph.conv("conv0", image, initialFeatures, 3, 1, 1);
    }
    Value x = graph.conv("conv0", image, initialFeatures, 7, 2, 3);
    return graph.maxPool(graph.relu(graph.batchNorm("norm0", x)), 3, 2, 1);
  }

  private Value denseBlock(GraphBuilder graph, Value x, int layers) {
    Value input = attention.apply(Place.BLOCK_INPUT, graph.scope("input"), x);
    List<Value> maps = new ArrayList<>(List.of(input));
    for (int i = 1; i <= layers; i++) {
      maps.add(denseLayer(graph.scope("denselayer" + i), maps));
    }
    return graph.concat(maps);
  }

  private Value denseLayer(GraphBuilder graph, List<Value> maps) {
    Value x = attention.apply(Place.LAYER_INPUT, graph.scope("input"), graph.concat(maps));
    x = graph.relu(graph.batchNorm("norm1", x));
    x = graph.conv("conv1", x, (long) bnSize * growthRate, 1, 1, 0);
    x = graph.relu(graph.batchNorm("norm2", x));
    x = graph.conv("conv2", x, growthRate, 3, 1, 1);
    return graph.dropout(attention.apply(Place.LAYER, graph, x), dropRate);
  }

  private Value transition(GraphBuilder graph, Value x) {
    Value y = attention.apply(Place.TRANSITION, graph, x);
    y = graph.relu(graph.batchNorm("norm", y));
    y = graph.conv("conv", y, Math.max(1, (long) (x.channels() * compression)), 1, 1, 0);
    return graph.avgPool(y, 2, 2);
  }
}
