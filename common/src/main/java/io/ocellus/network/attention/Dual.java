package io.ocellus.network.attention;

import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.Gain;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.MatMul;
import io.ocellus.network.graph.Value;

/**
 * Dual attention (Fu et al. 2019, DANet, <a href="https://arxiv.org/abs/1809.02983">arXiv
 * 1809.02983</a>): each pixel takes from all pixels what is like it (equations 1 and 2), each
 * channel from all channels (equations 3 and 4). Both enter as {@code x + gamma_p P(x) + gamma_c
 * C(x)} with gains that are learnt and start at 0, so that a network begins as if it were not
 * there; the convolutions around the two branches, which belong to segmentation, are left out. Its
 * memory grows with the square of the number of pixels: a place for it is behind the last block.
 *
 * @param reduction queries and keys of pixels have {@code C / r} channels, at least one; r is 8 in
 *     the paper
 */
public record Dual(int reduction) implements Attention {
  public Dual {
    Reduction.check(reduction);
  }

  @Override
  public Value apply(GraphBuilder graph, Value x) {
    GraphBuilder block = graph.scope("dual");
    Value pixels = pixels(block.scope("pam"), x);
    Value channels = channels(block.scope("cam"), x);
    return block.add(block.add(x, pixels), channels);
  }

  private Value pixels(GraphBuilder graph, Value x) {
    long units = Reduction.units(x.channels(), reduction);
    Value queries = projected(graph, "query_conv", x, units);
    Value keys = projected(graph, "key_conv", x, units);
    Value values = projected(graph, "value_conv", x, x.channels());
    Value energy = graph.matMul(queries, keys, new MatMul(true, false), 1);
    Value shares = graph.softmax(energy, 1);
    return gained(graph, values, shares, new MatMul(false, true), x);
  }

  private static Value channels(GraphBuilder graph, Value x) {
    Value rows = graph.reshape(x, x.channels(), -1L);
    Value energy = graph.matMul(rows, rows, new MatMul(false, true), x.channels());
    Value shares = graph.softmax(energy, 1);
    return gained(graph, shares, rows, new MatMul(false, false), x);
  }

  private static Value projected(GraphBuilder graph, String name, Value x, long filters) {
    Conv pointwise = new Conv(x.channels(), filters, 1, 1, 0, 1, 1, true);
    return graph.reshape(graph.conv(name, x, pointwise), filters, -1L);
  }

  private static Value gained(
      GraphBuilder graph, Value left, Value right, MatMul product, Value x) {
    Value mixed = graph.matMul(left, right, product, x.channels());
    return graph.layer("gain", new Gain(), graph.reshapeAs(mixed, x));
  }
}
