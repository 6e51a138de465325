package io.ocellus.cli.demo;

import io.ocellus.cli.demo.DemoReport.VersionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report as people read it. */
final class Summary {
  private Summary() {}

  static List<String> of(DemoReport report) {
    List<String> lines = new ArrayList<>();
    int dead = report.dead().values().stream().mapToInt(Integer::intValue).sum();
    lines.add(
        "%d images sent = %d classified + %d dead%s"
            .formatted(
                report.sent(),
                report.classified(),
                dead,
                report.addsUp() ? "" : "   (does not add up)"));
    if (dead > 0) {
      lines.add(
          "dead by reason: "
              + report.dead().entrySet().stream()
                  .map(e -> e.getValue() + " " + e.getKey())
                  .collect(Collectors.joining(", ")));
    }
    report.versions().forEach(version -> lines.add(version(version)));
    lines.add(
        format(
            "%.1f images a second (the devices' pace); from send to committed result p50 %d ms, p99"
                + " %d ms",
            report.imagesPerSecond(), report.latencyMs().p50(), report.latencyMs().p99()));
    return lines;
  }

  private static String version(VersionReport version) {
    return format(
        "v%d classified %d, %.1f%% right on the stream (%.1f%% on the trainer's held-out images);"
            + " served %.1f s after publication",
        version.version(),
        version.classified(),
        100 * version.streamAccuracy(),
        100 * version.testAccuracy(),
        version.publishedToServingMs() / 1000.0);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
