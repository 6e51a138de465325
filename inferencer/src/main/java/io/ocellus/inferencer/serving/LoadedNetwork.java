package io.ocellus.inferencer.serving;

import java.util.List;

/** A network in memory, ready for forward passes by many threads at once. */
public interface LoadedNetwork extends AutoCloseable {
  /**
   * One forward pass.
   *
   * @param images each 3 x size x size unsigned levels: red, green, then blue rows
   * @return for each image a logit per class
   */
  float[][] logits(List<byte[]> images);

  /** What runs it, with its version. */
  String engine();

  /** Frees its memory; nothing may run on it any more. */
  @Override
  void close();

  /** Images that are worth taking together, at most. */
  default int atATime() {
    return Integer.MAX_VALUE;
  }

  /**
   * Whether passes of several threads run side by side, each as fast as alone, as on a CPU, where
   * each takes a core. If not, as on a GPU, one pass had better take all that waits.
   */
  default boolean sideBySide() {
    return true;
  }
}
