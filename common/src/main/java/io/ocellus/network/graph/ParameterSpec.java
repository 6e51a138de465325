package io.ocellus.network.graph;

import ai.djl.ndarray.types.Shape;

/**
 * One entry that a node has in the state dict.
 *
 * @param name below the node's name, such as {@code weight}
 * @param shape of the array; empty for a scalar
 * @param kind what training does with it
 * @param init the values it starts with
 */
public record ParameterSpec(String name, Shape shape, Kind kind, Init init) {

  /** What training does with an entry. */
  public enum Kind {
    /** Learnt by gradient. */
    TRAINED,
    /** Tracked by the forward pass, such as a running mean. */
    BUFFER,
    /** A count of forward passes; an integer scalar in PyTorch. */
    COUNTER
  }

  /** Whether it is held as an array, as all but counters are. */
  public boolean isArray() {
    return kind != Kind.COUNTER;
  }

  static ParameterSpec trained(String name, Init init, long... shape) {
    return new ParameterSpec(name, new Shape(shape), Kind.TRAINED, init);
  }

  static ParameterSpec buffer(String name, Init init, long... shape) {
    return new ParameterSpec(name, new Shape(shape), Kind.BUFFER, init);
  }

  static ParameterSpec counter(String name) {
    return new ParameterSpec(name, new Shape(), Kind.COUNTER, Init.ZEROS);
  }
}
