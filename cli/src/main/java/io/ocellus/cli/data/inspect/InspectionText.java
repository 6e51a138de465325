package io.ocellus.cli.data.inspect;

import io.ocellus.cli.text.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An inspection as a terminal shows it: lists are cut, the JSON has all of them. */
final class InspectionText {
  private static final int MOST_LINES = 10;
  private static final int MOST_IDS = 3;
  private static final int BAR = 30;

  private final Inspection data;
  private final StringBuilder text = new StringBuilder();

  private InspectionText(Inspection data) {
    this.data = data;
  }

  static String of(Inspection data) {
    InspectionText writer = new InspectionText(data);
    writer.classes();
    writer.figures();
    writer.lists();
    writer.hints();
    return writer.text.toString();
  }

  private void classes() {
    List<String> heading = new ArrayList<>(List.of("CLASS", "IMAGES"));
    data.parts().forEach(part -> heading.add(part.toUpperCase(Locale.ROOT)));
    heading.add("");
    TextTable table = new TextTable(heading);
    int most = data.classes().stream().mapToInt(ClassCount::images).max().orElse(1);
    for (ClassCount count : data.classes()) {
      List<String> row = new ArrayList<>(List.of(count.label(), number(count.images(), 6)));
      data.parts()
          .forEach(
              part ->
                  row.add(number(count.parts().getOrDefault(part, 0), Math.max(5, part.length()))));
      row.add("=".repeat(Math.max(1, Math.round((float) BAR * count.images() / most))));
      table.row(row);
    }
    text.append(table).append("\n\n");
  }

  private void figures() {
    int classes = Math.max(1, data.classes().size());
    line(
        "images",
        "%,d, of which %,d can be used; %,.1f per class in the mean"
            .formatted(data.images(), data.usable(), (double) data.usable() / classes));
    Sizes sizes = data.sizes();
    line(
        "sizes",
        sizes.all().size() == 1
            ? "all %d x %d".formatted(sizes.width().min(), sizes.height().min())
            : "%s: width %s, height %s"
                .formatted(
                    Words.count(sizes.all().size(), "size", "sizes"),
                    range(sizes.width()),
                    range(sizes.height())));
    line("mean", levels(data.channels().mean()) + "   of red, green, blue in [0,1]");
    line("deviation", levels(data.channels().std()));
    if (data.groups().count() > 0) {
      line("groups", "%,d".formatted(data.groups().count()));
    }
  }

  private void lists() {
    if (!data.unreadable().isEmpty()) {
      Map<String, Long> reasons =
          data.unreadable().stream()
              .collect(
                  Collectors.groupingBy(
                      Inspection.Unreadable::reason, TreeMap::new, Collectors.counting()));
      list(
          "Unreadable: " + reasons.toString().replaceAll("[{}]", "").replace('=', ' '),
          data.unreadable(),
          bad -> "%s  %s: %s".formatted(bad.id(), bad.reason(), bad.message()));
    }
    for (Duplicates.Kind kind : Duplicates.Kind.values()) {
      List<Duplicates> sets =
          data.duplicates().stream()
              .filter(set -> set.kind() == kind)
              .sorted(Comparator.comparing(set -> !set.suspicious()))
              .toList();
      if (!sets.isEmpty()) {
        list(
            "%s: %s".formatted(capital(Words.of(kind)), Words.count(sets.size(), "set", "sets")),
            sets,
            InspectionText::set);
      }
    }
    if (!data.groups().straddling().isEmpty()) {
      list(
          "Groups in several parts: %,d".formatted(data.groups().straddling().size()),
          data.groups().straddling(),
          group -> "%s  %s".formatted(group.group(), Words.parts(group.parts())));
    }
  }

  private static String set(Duplicates set) {
    List<String> ids = set.ids();
    String shown = String.join("  ", ids.subList(0, Math.min(MOST_IDS, ids.size())));
    return ids.size() <= MOST_IDS ? shown : "%s  and %,d".formatted(shown, ids.size() - MOST_IDS);
  }

  private void hints() {
    if (!data.hints().isEmpty()) {
      text.append("\nTo look after\n");
      data.hints().forEach(hint -> text.append("  - ").append(hint).append('\n'));
    }
  }

  private <T> void list(String title, List<T> all, Function<T, String> line) {
    text.append('\n').append(title).append('\n');
    all.stream()
        .limit(MOST_LINES)
        .forEach(item -> text.append("  ").append(line.apply(item)).append('\n'));
    if (all.size() > MOST_LINES) {
      text.append("  and %,d more, all in --json\n".formatted(all.size() - MOST_LINES));
    }
  }

  private void line(String name, String value) {
    text.append("%-11s%s%n".formatted(name, value));
  }

  private static String range(Sizes.Range range) {
    return "%d to %d (median %d)".formatted(range.min(), range.max(), range.median());
  }

  private static String levels(List<Double> levels) {
    return levels.stream()
        .map(level -> String.format(Locale.ROOT, "%.4f", level))
        .collect(Collectors.joining(" "));
  }

  private static String number(int count, int width) {
    return String.format(Locale.ROOT, "%," + width + "d", count);
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
