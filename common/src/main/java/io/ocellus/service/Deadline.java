package io.ocellus.service;

import java.time.Duration;

/**
 * One point in time up to which everything that is done one after the other must be done, so that
 * the patience of each step does not add to that of the others.
 *
 * @param nanos of {@link System#nanoTime}
 */
public record Deadline(long nanos) {
  /** So long from now. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The time that is left; zero when there is none. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /** Waits for a thread to end, no longer than this. */
  public void join(Thread thread) throws InterruptedException {
    thread.join(Math.max(1, left().toMillis()));
  }
}
