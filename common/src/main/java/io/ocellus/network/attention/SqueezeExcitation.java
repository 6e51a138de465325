package io.ocellus.network.attention;

import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;

/**
 * Squeeze-and-excitation (Hu et al. 2018, <a href="https://arxiv.org/abs/1709.01507">arXiv
 * 1709.01507</a>): {@code x * sigmoid(W2 relu(W1 z))} with {@code z} the mean of each channel
 * (equations 2 to 4).
 *
 * @param reduction r: the hidden layer has {@code C / r} units, at least one
 * @param bias whether W1 and W2 have biases, which the paper leaves out and many programs have
 */
public record SqueezeExcitation(int reduction, boolean bias) implements Attention {
  public SqueezeExcitation {
    Reduction.check(reduction);
  }

  @Override
  public Value apply(GraphBuilder graph, Value x) {
    GraphBuilder block = graph.scope("SE_Block");
    GraphBuilder fc = block.scope("fc");
    long units = Reduction.units(x.channels(), reduction);
    Value squeezed = block.globalPool(x);
    Value hidden = fc.relu(fc.linear("0", squeezed, units, bias));
    Value gate = fc.sigmoid(fc.linear("2", hidden, x.channels(), bias));
    return block.multiply(x, block.unflatten(gate));
  }
}
