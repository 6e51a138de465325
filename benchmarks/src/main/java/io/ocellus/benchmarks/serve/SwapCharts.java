package io.ocellus.benchmarks.serve;

import io.ocellus.benchmarks.Statistics;
import io.ocellus.page.Axis;
import io.ocellus.page.Block;
import io.ocellus.page.Chart;
import io.ocellus.page.Series;
import io.ocellus.testbed.Footprint;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A turn in which versions replaced each other, from its beginning to its end. */
final class SwapCharts {
  /** Images of a part are taken together. */
  private static final int PARTS = 60;

  private SwapCharts() {}

  static List<Block> of(Turn turn, Swaps swaps) {
    return List.of(latency(turn), memory(swaps));
  }

  private static Block latency(Turn turn) {
    return Chart.lines(
        "From an image to its result, while version followed version",
        Axis.of("seconds"),
        Axis.fromZero("ms"),
        Stream.of(0.5, 0.99)
            .map(share -> Series.of("%.0f%%, at most".formatted(share * 100), points(turn, share)))
            .toList());
  }

  private static List<double[]> points(Turn turn, double share) {
    int images = turn.millis().size();
    int parts = Math.min(PARTS, images);
    return IntStream.range(0, parts)
        .mapToObj(
            part ->
                new double[] {
                  turn.seconds() * part / parts,
                  Statistics.quantile(
                      turn.millis().subList(images * part / parts, images * (part + 1) / parts),
                      share)
                })
        .toList();
  }

  private static Block memory(Swaps swaps) {
    List<Footprint> footprints = swaps.footprints();
    return Chart.lines(
        "Resident memory before each publication and at the end",
        Axis.of("version"),
        Axis.fromZero("MiB"),
        List.of(
            Series.of(
                "resident",
                IntStream.range(0, footprints.size())
                    .mapToObj(i -> new double[] {i, footprints.get(i).residentMib()})
                    .toList())));
  }
}
