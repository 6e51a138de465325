package io.ocellus.benchmarks.serve;

import io.ocellus.benchmarks.serve.contender.ContenderKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one contender did in one turn.
 *
 * @param round turns of one round were measured side by side
 * @param images that it classified
 * @param seconds from the first image to the last result
 * @param cpuSeconds of its process meanwhile
 * @param tenths seconds until each tenth of a backlog was worked off; empty of other turns
 * @param millis from an image to its result, of each, where images come singly, in their order;
 *     else empty
 * @param swaps what they did, where versions replaced each other
 */
record Turn(
    Arrival arrival,
    ContenderKind contender,
    int round,
    int images,
    double seconds,
    double cpuSeconds,
    List<Double> tenths,
    List<Double> millis,
    @Nullable Swaps swaps) {
  /** A turn in which no version replaced another. */
  Turn(
      Arrival arrival,
      ContenderKind contender,
      int round,
      int images,
      double seconds,
      double cpuSeconds,
      List<Double> tenths,
      List<Double> millis) {
    this(arrival, contender, round, images, seconds, cpuSeconds, tenths, millis, null);
  }

  Turn with(Swaps theirs) {
    return new Turn(arrival, contender, round, images, seconds, cpuSeconds, tenths, millis, theirs);
  }

  double imagesPerSecond() {
    return images / seconds;
  }

  double cpuMillisPerImage() {
    return cpuSeconds * 1e3 / images;
  }

  /** Speed in the last fifth of a backlog over that in its second fifth; the first starts up. */
  double lastOverFirst() {
    return (tenths.get(3) - tenths.get(1)) / (tenths.get(9) - tenths.get(7));
  }
}
