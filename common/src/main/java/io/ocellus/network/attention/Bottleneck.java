package io.ocellus.network.attention;

import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;

/**
 * The bottleneck attention module, BAM (Park et al. 2018, <a
 * href="https://arxiv.org/abs/1807.06514">arXiv 1807.06514</a>): {@code x * (1 + sigmoid(M_c +
 * M_s))} with a gate per channel and a gate per pixel (equations 1 and 2). Layers and names are
 * those of the authors' program, which multiplies the two gates; the sum is the paper's.
 *
 * @param reduction r: both gates have {@code C / r} hidden channels, at least one
 * @param dilation of the two 3x3 convolutions that see around a pixel; 4 in the paper
 */
public record Bottleneck(int reduction, int dilation) implements Attention {
  private static final int DILATED = 2;

  /** As many pixels as an image may be wide. */
  private static final int LARGEST = 4096;

  public Bottleneck {
    Reduction.check(reduction);
    if (dilation < 1 || dilation > LARGEST) {
      throw new IllegalArgumentException(
          "dilation must be 1 to %d, not %d".formatted(LARGEST, dilation));
    }
  }

  @Override
  public Value apply(GraphBuilder graph, Value x) {
    GraphBuilder block = graph.scope("bam");
    Value channels = channels(block.scope("channel_att").scope("gate_c"), x);
    Value pixels = pixels(block.scope("spatial_att").scope("gate_s"), x);
    Value gate = block.sigmoid(block.add(block.unflatten(channels), pixels));
    return block.add(x, block.multiply(x, gate));
  }

  private Value channels(GraphBuilder gate, Value x) {
    long units = Reduction.units(x.channels(), reduction);
    Value hidden = gate.linear("gate_c_fc_0", gate.globalPool(x), units, true);
    hidden = gate.relu(gate.batchNorm("gate_c_bn_1", hidden));
    return gate.linear("gate_c_fc_final", hidden, x.channels(), true);
  }

  private Value pixels(GraphBuilder gate, Value x) {
    long units = Reduction.units(x.channels(), reduction);
    Value y = gate.conv("gate_s_conv_reduce0", x, pointwise(x.channels(), units));
    y = gate.relu(gate.batchNorm("gate_s_bn_reduce0", y));
    Conv around = new Conv(units, units, 3, 1, dilation, dilation, 1, true);
    for (int i = 0; i < DILATED; i++) {
      y = gate.conv("gate_s_conv_di_" + i, y, around);
      y = gate.relu(gate.batchNorm("gate_s_bn_di_" + i, y));
    }
    return gate.conv("gate_s_conv_final", y, pointwise(units, 1));
  }

  private static Conv pointwise(long channels, long filters) {
    return new Conv(channels, filters, 1, 1, 0, 1, 1, true);
  }
}
