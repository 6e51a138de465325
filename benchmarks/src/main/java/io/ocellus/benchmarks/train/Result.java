package io.ocellus.benchmarks.train;

import io.ocellus.benchmarks.Statistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What one peer did.
 *
 * @param peer its name
 * @param runtime what computes
 * @param imagesPerSecond at the median step
 * @param speed how many times as fast as the first peer: the median over rounds, so that each pair
 *     was measured side by side
 * @param cpuSpeed the same by CPU seconds
 * @param beside how many times as long the median step takes beside a busy core; 1 where that was
 *     not measured
 * @param peakBytes the most memory that was resident
 */
record Result(
    String peer,
    String runtime,
    double imagesPerSecond,
    double speed,
    double cpuSpeed,
    double beside,
    long peakBytes) {
  static Result of(Peer peer, int images, List<Step> steps, List<Step> first, List<Step> beside) {
    return new Result(
        peer.name(),
        peer.runtime(),
        images / seconds(steps),
        ratio(first, steps, Step::seconds),
        ratio(first, steps, Step::cpuSeconds),
        seconds(beside) / seconds(steps),
        peer.peakBytes());
  }

  private static double seconds(List<Step> steps) {
    return Statistics.median(steps.stream().map(Step::seconds).toList());
  }

  private static double ratio(List<Step> first, List<Step> steps, ToDoubleFunction<Step> measure) {
    return Statistics.median(
        IntStream.range(0, steps.size())
            .mapToObj(
                i -> measure.applyAsDouble(first.get(i)) / measure.applyAsDouble(steps.get(i)))
            .toList());
  }

  String row() {
    return "| %s | %s | %.1f | %.2f | %.2f | %d |"
        .formatted(peer, runtime, imagesPerSecond, speed, cpuSpeed, peakBytes >> 20);
  }
}
