package io.ocellus.cli.demo;

import java.time.Duration;

/**
 * How fast the devices send. While a training is awaited they spend what is budgeted for that time
 * ever more slowly, so that the stream runs when the new version comes, however long it takes.
 *
 * @param interval between two images of an undisturbed stream
 */
record Pace(Duration interval) {
  private static final Duration SLOWEST = Duration.ofSeconds(2);

  /**
   * The pause before the next image of a budget that is meant to last about that long.
   *
   * @param remaining images of the budget
   */
  Duration stretched(int remaining, Duration about) {
    if (remaining <= 0) {
      return SLOWEST;
    }
    Duration share = about.dividedBy(remaining);
    return shortest(SLOWEST, share.compareTo(interval) > 0 ? share : interval);
  }

  private static Duration shortest(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
