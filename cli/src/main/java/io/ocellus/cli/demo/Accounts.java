package io.ocellus.cli.demo;

import io.ocellus.cli.demo.DemoReport.LatencyReport;
import io.ocellus.cli.demo.DemoReport.VersionReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Adds the ledger up. */
final class Accounts {
  private Accounts() {}

  /** The report of a stream whose images were classified by those versions. */
  static DemoReport report(Ledger ledger, List<ServingVersion> versions) {
    List<SettledImage> settled = ledger.settled();
    List<SettledImage> classified =
        settled.stream().filter(s -> s.outcome() instanceof Outcome.Classified).toList();
    return new DemoReport(
        ledger.sentCount(),
        classified.size(),
        dead(settled),
        versions.stream()
            .sorted(Comparator.comparingInt(ServingVersion::version))
            .map(version -> version(version, classified))
            .toList(),
        rate(settled),
        new LatencyReport(percentile(classified, 0.50), percentile(classified, 0.99)));
  }

  private static Map<String, Integer> dead(List<SettledImage> settled) {
    return settled.stream()
        .map(SettledImage::outcome)
        .filter(Outcome.Dead.class::isInstance)
        .map(Outcome.Dead.class::cast)
        .collect(
            Collectors.groupingBy(
                Outcome.Dead::reason, TreeMap::new, Collectors.summingInt(dead -> 1)));
  }

  private static VersionReport version(ServingVersion version, List<SettledImage> classified) {
    List<SettledImage> own =
        classified.stream()
            .filter(s -> ((Outcome.Classified) s.outcome()).version() == version.version())
            .toList();
    long correct = own.stream().filter(SettledImage::correct).count();
    return new VersionReport(
        version.version(),
        rounded(version.testAccuracy()),
        own.size(),
        own.isEmpty() ? 0 : rounded((double) correct / own.size()),
        version.sincePublication().toMillis());
  }

  private static double rate(List<SettledImage> settled) {
    if (settled.isEmpty()) {
      return 0;
    }
    Instant first = settled.stream().map(s -> s.sent().at()).min(Instant::compareTo).orElseThrow();
    Instant last =
        settled.stream().map(s -> s.outcome().at()).max(Instant::compareTo).orElseThrow();
    double seconds = Math.max(1, Duration.between(first, last).toMillis()) / 1000.0;
    return Math.round(10 * settled.size() / seconds) / 10.0;
  }

  /** The smallest latency, in milliseconds, that the share of images does not exceed. */
  private static long percentile(List<SettledImage> images, double share) {
    long[] sorted = images.stream().mapToLong(s -> s.latency().toMillis()).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  private static double rounded(double share) {
    return Math.round(share * 10_000) / 10_000.0;
  }
}
