package io.ocellus.network.graph;

/** In what an operation computes where precision is mixed, as in PyTorch's {@code autocast}. */
public enum Autocast {
  /** In the lower precision, its parameters too. */
  LOWER,
  /** In what comes in; in float32 where both do. */
  AS_GIVEN,
  /** In float32. */
  FULL
}
