package io.ocellus.benchmarks.serve;

import io.ocellus.benchmarks.Statistics;
import io.ocellus.benchmarks.serve.Releases.Release;
import io.ocellus.testbed.Footprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a turn in which versions replaced each other was like.
 *
 * @param seconds from each version's publication to its first result
 * @param during milliseconds from an image to its result, of each that lived while a version was on
 *     its way
 * @param otherwise the same of the others
 * @param footprints of the processes: before each publication, and at the end
 */
record Swaps(
    List<Double> seconds, List<Double> during, List<Double> otherwise, List<Footprint> footprints) {
  /** From its due time to its result, both as {@link System#nanoTime}. */
  record Life(long due, long came) {
    double millis() {
      return (came - due) / 1e6;
    }
  }

  private record Span(long began, long ended) {
    boolean touches(Life life) {
      return life.due <= ended && life.came >= began;
    }
  }

  /**
   * @param first when the first result of each version came, as {@link System#nanoTime}
   */
  static Swaps of(
      List<Life> lives, List<Release> releases, Map<Integer, Long> first, Footprint end) {
    List<Span> spans =
        releases.stream()
            .filter(release -> first.containsKey(release.version()))
            .map(release -> new Span(release.published(), first.get(release.version())))
            .toList();
    List<Double> during = new ArrayList<>();
    List<Double> otherwise = new ArrayList<>();
    for (Life life : lives) {
      boolean swapping = spans.stream().anyMatch(span -> span.touches(life));
      (swapping ? during : otherwise).add(life.millis());
    }
    List<Footprint> footprints = new ArrayList<>(releases.stream().map(Release::before).toList());
    footprints.add(end);
    List<Double> seconds = spans.stream().map(span -> (span.ended - span.began) / 1e9).toList();
    return new Swaps(seconds, during, otherwise, footprints);
  }

  double p99During() {
    return Statistics.quantile(during, 0.99);
  }

  double p99Otherwise() {
    return Statistics.quantile(otherwise, 0.99);
  }

  double residentGrowth() {
    return (double) end().residentMib() / settled().residentMib();
  }

  /** What is allocated once has been by then. */
  Footprint settled() {
    return footprints.get(footprints.size() / 3);
  }

  Footprint end() {
    return footprints.get(footprints.size() - 1);
  }
}
