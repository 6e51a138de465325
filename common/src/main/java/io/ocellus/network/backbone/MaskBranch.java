package io.ocellus.network.backbone;

import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;

/**
 * An attention module (Wang et al. 2017, section 3, figure 2; p 1, t 2, r 1): a unit, then a trunk
 * of two units beside a mask that goes down to coarser maps, comes up again over skips, and ends in
 * a sigmoid; then another unit.
 *
 * @param units the residual units that it is made of
 */
record MaskBranch(PreActivated units) {
  /**
   * @param skips how many times the mask goes further down after its first pool
   */
  Value module(GraphBuilder graph, Value input, int skips) {
    Value x = units.apply(graph.scope("first_residual_blocks"), input);
    GraphBuilder trunk = graph.scope("trunk_branches");
    Value out = units.apply(trunk.scope("1"), units.apply(trunk.scope("0"), x));
    Value mask = graph.add(graph.resizeAs(mask(graph, x, 1, skips), out), out);
    Value gate = gate(graph.scope(softmax(2 * skips + 2)), mask);
    Value weighed = graph.add(out, graph.multiply(gate, out));
    return units.apply(graph.scope("last_blocks"), weighed);
  }

  /** What comes up from below the given depth, at the extent of that depth. */
  private Value mask(GraphBuilder graph, Value x, int depth, int skips) {
    Value pooled = graph.maxPool(x, 3, 2, 1);
    GraphBuilder down = graph.scope(softmax(depth));
    if (depth > skips) {
      return units.apply(down.scope("1"), units.apply(down.scope("0"), pooled));
    }
    Value y = units.apply(down, pooled);
    Value skip = units.apply(graph.scope("skip%s_connection_residual_block".formatted(depth)), y);
    Value below = graph.resizeAs(mask(graph, y, depth + 1, skips), y);
    Value sum = graph.add(graph.add(below, y), skip);
    return units.apply(graph.scope(softmax(2 * skips + 2 - depth)), sum);
  }

  private static Value gate(GraphBuilder graph, Value mask) {
    Value y = graph.relu(graph.batchNorm("0", mask));
    y = graph.relu(graph.batchNorm("3", graph.conv("2", y, y.channels(), 1, 1, 0)));
    return graph.sigmoid(graph.conv("5", y, y.channels(), 1, 1, 0));
  }

  private static String softmax(int number) {
    return "softmax%s_blocks".formatted(number);
  }
}
