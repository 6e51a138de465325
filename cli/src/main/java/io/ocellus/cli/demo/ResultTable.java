package io.ocellus.cli.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The newest outcomes as a table: device, image, label, probability, version, latency. */
final class ResultTable {
  private static final int ROWS = 8;
  private static final String HEADER =
      "%-10s %-22s %-20s %5s %4s %9s"
          .formatted("device", "image", "label", "prob", "ver", "latency");

  private final Deque<SettledImage> newest = new ArrayDeque<>();

  synchronized void add(SettledImage image) {
    newest.addLast(image);
    if (newest.size() > ROWS) {
      newest.removeFirst();
    }
  }

  /** Header and rows; always as many, so that what is below stays where it is. */
  synchronized List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(HEADER, "-".repeat(HEADER.length())));
    newest.forEach(image -> lines.add(row(image)));
    while (lines.size() < ROWS + 2) {
      lines.add("");
    }
    return lines;
  }

  synchronized Optional<SettledImage> newest() {
    return Optional.ofNullable(newest.peekLast());
  }

  /** One outcome in words. */
  static String gist(SettledImage image) {
    return row(image).replaceAll(" +", " ");
  }

  /** One outcome as a row of the table. */
  static String row(SettledImage image) {
    String device = cut(image.sent().device(), 10);
    String id = cut(image.sent().id(), 22);
    if (image.outcome() instanceof Outcome.Classified result) {
      return row(
          device,
          id,
          label(image, result),
          String.format(Locale.ROOT, "%.2f", result.probability()),
          "v" + result.version(),
          image);
    }
    return row(device, id, "dead: " + ((Outcome.Dead) image.outcome()).reason(), "", "", image);
  }

  private static String row(
      String device, String id, String label, String probability, String version, SettledImage i) {
    return "%-10s %-22s %-20s %5s %4s %6d ms"
        .formatted(device, id, cut(label, 20), probability, version, i.latency().toMillis());
  }

  private static String label(SettledImage image, Outcome.Classified result) {
    return image.correct()
        ? result.label()
        : image
            .sent()
            .truth()
            .map(truth -> "%s (is %s)".formatted(result.label(), truth))
            .orElse(result.label());
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : "~" + text.substring(text.length() - width + 1);
  }
}
