package io.ocellus.inferencer.serving;

import io.ocellus.network.Probability;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The first forward passes of a version, before it serves: they are slow, and they show whether the
 * network gives what its manifest promises.
 */
public final class WarmUp {
  private static final byte GREY = 127;

  private final int batchSize;

  /**
   * @param batchSize the largest batch that will come
   */
  public WarmUp(int batchSize) {
    this.batchSize = batchSize;
  }

  /**
   * Runs as many images as ever run together, and a single one.
   *
   * @throws IllegalStateException where memory does not suffice for that, or where the logits are
   *     not one finite number per class
   */
  public void run(ServedModel model) {
    int together = Math.min(batchSize, model.atATime());
    checkFits(model.size(), together);
    byte[] grey = new byte[3 * model.size() * model.size()];
    Arrays.fill(grey, GREY);
    check(model, model.logits(Collections.nCopies(together, grey)));
    check(model, model.logits(List.of(grey)));
  }

  /** Memory outside of the heap is as large as the heap, and sockets need some of it too. */
  private static void checkFits(int size, int together) {
    long batch = 3L * Float.BYTES * size * size * together;
    long heap = Runtime.getRuntime().maxMemory();
    if (batch > heap / 2) {
      throw new IllegalStateException(
          "%d images of %d pixels together take %d MiB, too much for a JVM of %d MiB: give it more, with -Xmx"
              .formatted(together, size, batch >> 20, heap >> 20));
    }
  }

  private static void check(ServedModel model, float[][] logits) {
    int classes = model.manifest().classes().size();
    for (float[] row : logits) {
      if (row.length != classes) {
        throw new IllegalStateException(
            "the network gives %d logits, the manifest names %d classes"
                .formatted(row.length, classes));
      }
      if (!Probability.finite(row)) {
        throw new IllegalStateException("the network gives logits that are no finite numbers");
      }
    }
  }
}
