package io.ocellus.benchmarks.serve.contender;

import java.util.concurrent.locks.LockSupport;

/**
 * The time before an image that comes alone, for every contender: caches get cold in it. It grows
 * from image to image, so that none falls in step with a clock of the contender's.
 */
public final class LonePause {
  private static final long SHORTEST_NANOS = 100_000_000;

  private LonePause() {}

  /** Waits before that image of so many: 0.1 s before the first, 0.2 s before the last. */
  public static void before(int image, int images) {
    LockSupport.parkNanos(SHORTEST_NANOS + image * SHORTEST_NANOS / images);
  }
}
