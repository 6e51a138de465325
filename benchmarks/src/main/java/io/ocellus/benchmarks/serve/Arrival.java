package io.ocellus.benchmarks.serve;

import java.util.Locale;

/** How images come. */
enum Arrival {
  /** All at once: how fast is it worked off? */
  BACKLOG,
  /** The same, while another process keeps a core busy. */
  NEIGHBOUR,
  /** One, and the next when its result is there. */
  LONE,
  /** Evenly, at a part of what the contender can do at most. */
  STEADY,
  /** The same, while version after version of the model is published. */
  SWAPS;

  /** As in options and files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
