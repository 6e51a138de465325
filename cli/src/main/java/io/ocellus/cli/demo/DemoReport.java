package io.ocellus.cli.demo;

import io.ocellus.service.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the demo saw, as it is written to the report file.
 *
 * @param sent images that the devices sent, broken ones included
 * @param classified results that came back
 * @param dead dead letters that came back, by reason
 * @param versions those that served, oldest first
 * @param imagesPerSecond outcomes over the time from the first send to the last outcome: the pace
 *     of the devices, not what the inferencer could bear
 * @param latencyMs from the send of an image to its committed result, of all that were classified
 */
record DemoReport(
    int sent,
    int classified,
    Map<String, Integer> dead,
    List<VersionReport> versions,
    double imagesPerSecond,
    LatencyReport latencyMs) {

  /**
   * One version of the model.
   *
   * @param testAccuracy on the trainer's held-out images, as its manifest says
   * @param classified how many images of the stream it classified
   * @param streamAccuracy share of those whose label is right; 0 where it classified none
   * @param publishedToServingMs from the manifest's record in the topic to the first batch that
   *     could use it
   */
  record VersionReport(
      int version,
      double testAccuracy,
      int classified,
      double streamAccuracy,
      long publishedToServingMs) {}

  /** Percentiles in milliseconds. */
  record LatencyReport(long p50, long p99) {}

  /** Whether everything sent came back, as a result or as a dead letter. */
  boolean addsUp() {
    return sent == classified + dead.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether that version, or one after it, has classified. */
  boolean served(int version) {
    return versions.stream().anyMatch(v -> v.version() >= version && v.classified() > 0);
  }

  void write(Path file) throws IOException {
    byte[] json = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    Files.writeString(file, new String(json, StandardCharsets.UTF_8) + "\n");
  }
}
