package io.ocellus.network.graph;

/** In what an operation computes where precision is mixed, as in PyTorch's {@code autocast}. */
public enum Autocast {
  /** In float16, its parameters too. */
  HALF,
  /** In what comes in; in float32 where both do. */
  AS_GIVEN,
  /** In float32. */
  FULL
}
