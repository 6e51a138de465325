package io.ocellus.inferencer;

import io.ocellus.inferencer.Classification.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long images took from their topic to the topic of results, by the broker's clock: what came
 * while a version was swapped in, and what came else.
 *
 * @param during milliseconds, in order
 * @param otherwise milliseconds, in order
 */
record Latencies(List<Long> during, List<Long> otherwise) {
  /** From a publication until its version serves; milliseconds since 1970. */
  record Span(long began, long ended) {
    boolean has(long time) {
      return time >= began && time <= ended;
    }
  }

  static Latencies of(Stream stream, List<Span> swaps) {
    Map<Source, Long> arrived = new HashMap<>();
    stream
        .read(stream.topics().images())
        .forEach(
            image ->
                arrived.put(
                    new Source(image.topic(), image.partition(), image.offset()),
                    image.timestamp()));
    Map<Source, Long> took = new HashMap<>();
    stream
        .read(stream.topics().classifications())
        .forEach(
            result -> {
              Source source = Results.parse(result).source();
              took.put(source, result.timestamp() - arrived.get(source));
            });
    return new Latencies(sorted(took, arrived, swaps, true), sorted(took, arrived, swaps, false));
  }

  private static List<Long> sorted(
      Map<Source, Long> took, Map<Source, Long> arrived, List<Span> swaps, boolean during) {
    return took.entrySet().stream()
        .filter(
            entry ->
                swaps.stream().anyMatch(swap -> swap.has(arrived.get(entry.getKey()))) == during)
        .map(Map.Entry::getValue)
        .sorted()
        .toList();
  }

  @Override
  public String toString() {
    return "latency during a swap %s, otherwise %s".formatted(text(during), text(otherwise));
  }

  private static String text(List<Long> millis) {
    return millis.isEmpty()
        ? "of no image"
        : "%d images, median %d ms, p99 %d ms"
            .formatted(
                millis.size(), millis.get(millis.size() / 2), millis.get(millis.size() * 99 / 100));
  }
}
