package io.ocellus.network.attention;

import io.ocellus.network.graph.ChannelConv;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;

/**
 * Efficient channel attention, ECA (Wang et al. 2020, <a
 * href="https://arxiv.org/abs/1910.03151">arXiv 1910.03151</a>): {@code x * sigmoid(conv(z))} with
 * {@code z} the mean of each channel and one kernel along the channels, whose width follows from
 * their number (equation 12, gamma 2 and b 1).
 */
public record EfficientChannel() implements Attention {
  private static final double GAMMA = 2;
  private static final double B = 1;

  /** The odd width that belongs to so many channels, as the authors' program rounds. */
  static int kernel(long channels) {
    int width = (int) Math.abs((Math.log((double) channels) / Math.log(2) + B) / GAMMA);
    return width % 2 == 1 ? width : width + 1;
  }

  @Override
  public Value apply(GraphBuilder graph, Value x) {
    GraphBuilder block = graph.scope("eca");
    ChannelConv conv = new ChannelConv(kernel(x.channels()));
    Value gate = block.sigmoid(block.layer("conv", conv, block.globalPool(x)));
    return block.multiply(x, block.unflatten(gate));
  }
}
