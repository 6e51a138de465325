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
   * @throws IllegalStateException where the logits are not one finite number per class
   */
  public void run(ServedModel model) {
    byte[] grey = new byte[3 * model.size() * model.size()];
    Arrays.fill(grey, GREY);
    int together = Math.min(batchSize, model.atATime());
    check(model, model.logits(Collections.nCopies(together, grey)));
    check(model, model.logits(List.of(grey)));
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
