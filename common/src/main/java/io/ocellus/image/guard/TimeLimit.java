package io.ocellus.image.guard;

import java.time.Duration;

/**
 * How long the work of one image may take. CPU time is what counts: it does not pass while the
 * machine is busy with something else. Wall time bounds work that waits instead; it passes while
 * this process runs and not while it is stopped.
 *
 * @param cpu CPU time of the thread that works
 */
public record TimeLimit(Duration cpu) {
  private static final int WALL = 10;

  /** For work that is not stuck in a computation but in something that does not answer. */
  Duration wall() {
    return cpu.multipliedBy(WALL);
  }
}
