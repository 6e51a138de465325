package io.ocellus.service;

import java.time.Duration;

/**
 * How long to wait before something that failed is tried again: twice as long after each failure.
 *
 * @param first the pause after the first failure
 * @param longest no pause is longer
 */
public record Backoff(Duration first, Duration longest) {
  private static final int MANY = 30;

  /** The pause after so many failures in a row, of which there is one at least. */
  public Duration after(int failures) {
    Duration pause = first.multipliedBy(1L << Math.min(failures - 1, MANY));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
