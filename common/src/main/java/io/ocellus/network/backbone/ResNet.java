package io.ocellus.network.backbone;

import io.ocellus.network.attention.Attention;
import io.ocellus.network.attention.Attentions;
import io.ocellus.network.graph.AvgPool;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Init;
import io.ocellus.network.graph.Value;
import io.ocellus.network.option.Options;
import java.util.List;
import java.util.Map;

/**
 * Residual networks: each block learns what to add to its input (He et al. 2016, <a
 * href="https://arxiv.org/abs/1512.03385">arXiv 1512.03385</a>, table 1). As in torchvision, whose
 * names these are, a bottleneck halves in its 3x3 convolution ("v1.5").
 *
 * <p>With groups it is ResNeXt (Xie et al. 2017, <a href="https://arxiv.org/abs/1611.05431">arXiv
 * 1611.05431</a>): the 3x3 convolution falls into {@code groups} paths of {@code groupWidth}
 * channels, which double from stage to stage. With attention it is SE-ResNet and SE-ResNeXt (<a
 * href="https://arxiv.org/abs/1709.01507">arXiv 1709.01507</a>, figure 3): the branch is reweighted
 * before it is added.
 *
 * <p>What stands in the place of the 3x3 convolution makes it SKNet ({@link SelectiveKernel}) or,
 * with a deep stem and shortcuts that pool, ResNeSt ({@link SplitAttention}).
 *
 * @param block what each block's branch computes
 * @param layers blocks in each of the stages, whose filters double
 * @param groups cardinality of the 3x3 convolutions in bottlenecks
 * @param groupWidth channels of each group in the first stage
 * @param stem how the image becomes the first maps
 * @param spatial in the place of the 3x3 convolutions in bottlenecks
 * @param avgDown whether a shortcut that halves the extent takes means of 2x2 pixels before its 1x1
 *     convolution, instead of leaving out pixels (He et al. 2019, arXiv 1812.01187, ResNet-D)
 * @param attention on each block's branch
 */
public record ResNet(
    Block block,
    List<Integer> layers,
    int groups,
    int groupWidth,
    ResNetStem stem,
    Spatial spatial,
    boolean avgDown,
    Attention attention)
    implements Backbone {
  private static final int STEM = ResNetStem.WIDTH;
  private static final Map<String, Block> BLOCKS =
      Map.of("basic", Block.BASIC, "bottleneck", Block.BOTTLENECK);
  private static final Map<String, ResNetStem> STEMS =
      Map.of("plain", ResNetStem.PLAIN, "deep", ResNetStem.DEEP);

  /** What a block's branch computes. */
  public enum Block {
    /** Two 3x3 convolutions. */
    BASIC,
    /** 1x1, 3x3 and 1x1 convolutions, the last to four times as many channels. */
    BOTTLENECK
  }

  public ResNet {
    layers = List.copyOf(layers);
    layers.forEach(blocks -> AtLeastOne.check("layers", blocks));
    AtLeastOne.check("groups", groups);
    AtLeastOne.check("group-width", groupWidth);
    if (block == Block.BASIC && (groups != 1 || groupWidth != STEM)) {
      throw new IllegalArgumentException("groups and group-width want block=bottleneck");
    }
  }

  /** From named options; what is not named is ResNet-50's. */
  public static ResNet of(Options options) {
    return new ResNet(
        options.choice("block", "bottleneck", BLOCKS),
        options.integers("layers", "3,4,6,3"),
        options.integer("groups", 1),
        options.integer("group-width", STEM),
        options.choice("stem", "plain", STEMS),
        options.choice("spatial", "conv", Spatial.CATALOGUE),
        options.flag("avg-down", false),
        Attentions.of(options));
  }

  @Override
  public Origin origin() {
    if (spatial instanceof SelectiveKernel) {
      return Origin.imageNet("Li et al. 2019, arXiv 1903.06586");
    } else if (spatial instanceof SplitAttention) {
      return Origin.imageNet("Zhang et al. 2020, arXiv 2004.08955");
    }
    return Origin.imageNet(
        groups == 1 ? "He et al. 2016, arXiv 1512.03385" : "Xie et al. 2017, arXiv 1611.05431");
  }

  @Override
  public Graph graph(GraphBuilder builder, int classes) {
    GraphBuilder graph = builder.startingWith(Init.KAIMING_NORMAL_FAN_OUT);
    Value x = graph.maxPool(stem.apply(graph, graph.input()), 3, 2, 1);
    for (int stage = 0; stage < layers.size(); stage++) {
      GraphBuilder layer = graph.scope("layer" + (stage + 1));
      for (int i = 0; i < layers.get(stage); i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        x = residual(layer.scope(Integer.toString(i)), x, (long) STEM << stage, stride);
      }
    }
    graph.linear("fc", graph.globalPool(x), classes, true);
    return graph.build();
  }

  private Value residual(GraphBuilder graph, Value x, long planes, int stride) {
    Value branch =
        block == Block.BASIC
            ? basic(graph, x, planes, stride)
            : bottleneck(graph, x, planes, stride);
    branch = attention.apply(graph, branch);
    return graph.relu(graph.add(branch, shortcut(graph, x, branch.channels(), stride)));
  }

  private static Value basic(GraphBuilder graph, Value x, long planes, int stride) {
    Value y = graph.relu(graph.batchNorm("bn1", graph.conv("conv1", x, planes, 3, stride, 1)));
    return graph.batchNorm("bn2", graph.conv("conv2", y, planes, 3, 1, 1));
  }

  private Value bottleneck(GraphBuilder graph, Value x, long planes, int stride) {
    long width = planes * groupWidth / STEM * groups;
    Value y = graph.relu(graph.batchNorm("bn1", graph.conv("conv1", x, width, 1, 1, 0)));
    y = spatial.apply(graph, y, stride, groups);
    return graph.batchNorm("bn3", graph.conv("conv3", y, 4 * planes, 1, 1, 0));
  }

  private Value shortcut(GraphBuilder graph, Value x, long channels, int stride) {
    if (stride == 1 && x.channels() == channels) {
      return x;
    }
    GraphBuilder downsample = graph.scope("downsample");
    if (avgDown) {
      Value pooled = stride == 1 ? x : graph.avgPool(x, new AvgPool(stride, stride, 0, true));
      return downsample.batchNorm("2", downsample.conv("1", pooled, channels, 1, 1, 0));
    }
    return downsample.batchNorm("1", downsample.conv("0", x, channels, 1, stride, 0));
  }
}
