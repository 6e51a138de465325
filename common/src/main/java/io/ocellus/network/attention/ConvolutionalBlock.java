package io.ocellus.network.attention;

import io.ocellus.network.graph.BatchNorm;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;
import java.util.List;

/**
 * The convolutional block attention module, CBAM (Woo et al. 2018, <a
 * href="https://arxiv.org/abs/1807.06521">arXiv 1807.06521</a>): first each channel is weighed by
 * what one small network says to its mean and to its greatest value (equation 2), then each pixel
 * by a convolution over the mean and the greatest value of its channels (equation 3). Layers, names
 * and the batch norm before the second gate are those of the authors' program.
 *
 * @param reduction r: the small network's hidden layer has {@code C / r} units, at least one
 * @param kernel height and width of the convolution over pixels; 7 in the paper
 */
public record ConvolutionalBlock(int reduction, int kernel) implements Attention {
  private static final float EPSILON = 1e-5f;
  private static final float MOMENTUM = 0.01f;

  public ConvolutionalBlock {
    Reduction.check(reduction);
    if (kernel < 1 || kernel % 2 == 0) {
      throw new IllegalArgumentException("spatial-kernel must be odd, not " + kernel);
    }
  }

  @Override
  public Value apply(GraphBuilder graph, Value x) {
    GraphBuilder block = graph.scope("cbam");
    return pixels(block.scope("SpatialGate"), channels(block.scope("ChannelGate"), x));
  }

  private Value channels(GraphBuilder graph, Value x) {
    Value mean = shared(graph.scope("mlp"), graph.globalPool(x));
    Value max = shared(graph.scope("mlp"), graph.globalMaxPool(x));
    return graph.multiply(x, graph.unflatten(graph.sigmoid(graph.add(mean, max))));
  }

  private Value shared(GraphBuilder mlp, Value vector) {
    long units = Reduction.units(vector.channels(), reduction);
    Value hidden = mlp.relu(mlp.linear("1", vector, units, true));
    return mlp.linear("3", hidden, vector.channels(), true);
  }

  private Value pixels(GraphBuilder graph, Value x) {
    GraphBuilder spatial = graph.scope("spatial");
    Value both = graph.concat(List.of(graph.channelMax(x), graph.channelMean(x)));
    Value y = spatial.conv("conv", both, 1, kernel, 1, kernel / 2);
    y = spatial.layer("bn", new BatchNorm(1, EPSILON, MOMENTUM), y);
    return graph.multiply(x, graph.sigmoid(y));
  }
}
