package io.ocellus.trainer.training;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many images the device takes at once: halved, and kept so, whenever memory runs out. */
final class BatchSize {
  private static final Logger log = LoggerFactory.getLogger(BatchSize.class);

  private final Runnable onHalved;
  private int images;

  /** A step over one batch that may run out of memory. */
  @FunctionalInterface
  interface Step {
    void on(HostBatch batch);
  }

  BatchSize(int images, Runnable onHalved) {
    if (images < 1) {
      throw new IllegalArgumentException("training.batch-size must be 1 or more, not " + images);
    }
    this.images = images;
    this.onHalved = onHalved;
  }

  int images() {
    return images;
  }

  /** Runs the step over the batch, or over its parts where the whole does not fit. */
  void run(HostBatch batch, Step step) {
    for (HostBatch part : batch.parts(images)) {
      if (part.images() > images) {
        run(part, step);
        continue;
      }
      try {
        step.on(part);
      } catch (RuntimeException | OutOfMemoryError failure) {
        if (!MemoryPressure.caused(failure)) {
          throw failure;
        }
        halve(part.images(), failure);
        run(part, step);
      }
    }
  }

  private void halve(int failed, Throwable failure) {
    if (failed == 1) {
      throw new IllegalStateException(
          "Not even one image fits into memory: choose a smaller network.size or a smaller network",
          failure);
    }
    images = Math.max(1, Math.min(images, failed) / 2);
    log.warn("Out of memory at {} images at once: going on with {}", failed, images);
    onHalved.run();
  }
}
