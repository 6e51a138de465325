package io.ocellus.benchmarks.start;

import io.ocellus.benchmarks.Statistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long each phase took, round by round; phases are in the order in which they come. */
final class Phases {
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

  void add(String phase, double took) {
    seconds.computeIfAbsent(phase, name -> new ArrayList<>()).add(took);
  }

  /** Every measurement, by phase. */
  Map<String, List<Double>> all() {
    return seconds;
  }

  /** A Markdown table of medians. */
  String table() {
    StringBuilder text = new StringBuilder("| | median s | least | most |\n|---|---:|---:|---:|\n");
    seconds.forEach(
        (phase, values) ->
            text.append(
                "| %s | %.2f | %.2f | %.2f |%n"
                    .formatted(
                        phase,
                        Statistics.median(values),
                        Statistics.quantile(values, Double.MIN_VALUE),
                        Statistics.quantile(values, 1))));
    return text.toString();
  }
}
