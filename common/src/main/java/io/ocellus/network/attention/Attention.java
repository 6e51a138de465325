package io.ocellus.network.attention;

import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;

/**
 * Reweights maps by what is in them; an argument of a network, so that every network takes every
 * attention. {@link Attentions} lists them.
 */
@FunctionalInterface
public interface Attention {
  /** Leaves everything as it is. */
  Attention NONE = (graph, x) -> x;

  /** Adds itself to the graph, under a submodule name of its own, and gives what replaces x. */
  Value apply(GraphBuilder graph, Value x);
}
