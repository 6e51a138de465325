package io.ocellus.network.graph;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** The shape of what two of equal rank give element by element, where one repeats extents of 1. */
final class Broadcast {
  private Broadcast() {}

  static Shape of(List<Shape> inputs) {
    Shape left = inputs.get(0);
    Shape right = inputs.get(1);
    return new Shape(
        IntStream.range(0, left.dimension())
            .mapToLong(i -> Math.max(left.get(i), right.get(i)))
            .toArray());
  }
}
