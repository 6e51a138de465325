package io.ocellus.benchmarks.serve;

import java.util.List;

/**
 * All that a run measured, as its JSON file has it.
 *
 * @param machine in words
 * @param plan what was to be measured
 * @param cells in the order in which they were
 */
record Report(String machine, Plan plan, List<Cell> cells) {
  /** As Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(lead()).append("\n");
    for (Cell cell : cells) {
      text.append("\n## ").append(cell.title()).append("\n\n");
      Ratio.of(cell)
          .forEach(
              ratio ->
                  text.append(
                      "- %s: **%s** (%s)%n".formatted(ratio.name(), ratio.value(), ratio.note())));
      for (Tables table : Tables.of(cell)) {
        text.append("\n%s\n\n".formatted(table.title()));
        text.append(row(table.header()));
        text.append("|---|---|").append("---:|".repeat(table.header().size() - 2)).append("\n");
        table.rows().forEach(row -> text.append(row(row)));
      }
    }
    return text.toString();
  }

  /** What must be known before any figure is read. */
  String lead() {
    return "%s. Batches of %d, %d forward passes at a time, %d round%s; ratios are medians over rounds. Bare: %s."
        .formatted(
            machine,
            plan.batch(),
            plan.threads(),
            plan.rounds(),
            plan.rounds() == 1 ? "" : "s",
            plan.bare().title());
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
