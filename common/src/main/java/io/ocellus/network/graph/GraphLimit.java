package io.ocellus.network.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How large a graph may become while it is drawn. A few letters of an option can ask for millions
 * of layers; where weights are there already, the graph can be no larger than they are, and drawing
 * ends where it is.
 */
public final class GraphLimit {
  /** More than twice what any network of the catalogue has, with any attention and front. */
  private static final long NODES_PER_ENTRY = 4;

  private static final long MORE_NODES = 200;

  private final long entries;
  private final long values;
  private final Set<String> learning = new HashSet<>();
  private long nodes;
  private long links;
  private long entriesDrawn;
  private long valuesDrawn;

  private GraphLimit(long entries, long values) {
    this.entries = entries;
    this.values = values;
  }

  /** As large as it likes. */
  public static GraphLimit none() {
    return new GraphLimit(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * No larger than a state dict.
   *
   * @param entries tensors that it has
   * @param values numbers that these have together
   */
  public static GraphLimit of(long entries, long values) {
    return new GraphLimit(entries, values);
  }

  /** As large as before, for another graph. */
  public GraphLimit anew() {
    return new GraphLimit(entries, values);
  }

  /**
   * Counts a node.
   *
   * @param inputs how many outputs it takes
   * @throws IllegalArgumentException where the graph is larger with it than it may be
   */
  void add(String name, Op op, int inputs) {
    nodes++;
    links += inputs;
    List<ParameterSpec> parameters = op.parameters();
    if (!parameters.isEmpty() && learning.add(name)) {
      entriesDrawn += parameters.size();
      parameters.forEach(parameter -> valuesDrawn = sum(valuesDrawn, values(name, parameter)));
    }
    if (entriesDrawn > entries || valuesDrawn > values || isTooLong(nodes, links)) {
      throw new IllegalArgumentException(
          "with these options the network is larger than its weights, which are %d tensors of %d numbers"
              .formatted(entries, values));
    }
  }

  /** Dense blocks link each layer to all before it, and have weights for each such link. */
  private boolean isTooLong(long nodes, long links) {
    return entries < Long.MAX_VALUE / NODES_PER_ENTRY
        && (nodes > NODES_PER_ENTRY * entries + MORE_NODES
            || links > 2 * (NODES_PER_ENTRY * entries + MORE_NODES) + values);
  }

  private static long values(String name, ParameterSpec parameter) {
    long values = 1;
    for (long extent : parameter.shape().getShape()) {
      if (extent < 1) {
        throw new IllegalArgumentException(
            "%s.%s cannot have the shape %s".formatted(name, parameter.name(), parameter.shape()));
      }
      values = product(values, extent);
    }
    return values;
  }

  private static long product(long left, long right) {
    return left > Long.MAX_VALUE / right ? Long.MAX_VALUE : left * right;
  }

  private static long sum(long left, long right) {
    return left > Long.MAX_VALUE - right ? Long.MAX_VALUE : left + right;
  }
}
