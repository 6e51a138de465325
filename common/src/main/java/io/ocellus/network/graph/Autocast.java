package io.ocellus.network.graph;

import java.util.List;

/** In what an operation computes where precision is mixed, as in PyTorch's {@code autocast}. */
public enum Autocast {
  /** In the lower precision, its parameters too. */
  LOWER,
  /** In what comes in; in float32 where not all of it is lower. */
  AS_GIVEN,
  /** In float32. */
  FULL;

  /** The type in which it computes and gives its output, by the types of its inputs. */
  public <T> T type(List<T> inputs, T lower, T full) {
    return switch (this) {
      case LOWER -> lower;
      case AS_GIVEN -> inputs.stream().allMatch(lower::equals) ? lower : full;
      case FULL -> full;
    };
  }

  /** The type of its parameters. */
  public <T> T parameters(T lower, T full) {
    return this == LOWER ? lower : full;
  }
}
