package io.ocellus.network.attention;

import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;

/**
 * Squeeze-and-excitation (Hu et al. 2018, <a href="https://arxiv.org/abs/1709.01507">arXiv
 * 1709.01507</a>): {@code x * sigmoid(W2 relu(W1 z))} with {@code z} the mean of each channel
 * (equations 2 to 4), without biases.
 *
 * @param reduction r: the hidden layer has {@code C / r} units, at least one
 */
public record SqueezeExcitation(int reduction) implements Attention {
  public SqueezeExcitation {
    if (reduction < 1) {
      throw new IllegalArgumentException("reduction must be at least 1, not " + reduction);
    }
  }

  @Override
  public Value apply(GraphBuilder graph, Value x) {
    GraphBuilder block = graph.scope("SE_Block");
    GraphBuilder fc = block.scope("fc");
    long units = Math.max(1, x.channels() / reduction);
    Value squeezed = block.globalPool(x);
    Value hidden = fc.relu(fc.linear("0", squeezed, units, false));
    Value gate = fc.sigmoid(fc.linear("2", hidden, x.channels(), false));
    return block.multiply(x, block.unflatten(gate));
  }
}
