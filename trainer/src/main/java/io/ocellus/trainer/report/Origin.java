package io.ocellus.trainer.report;

import io.ocellus.checkpoint.Lineage;
import io.ocellus.checkpoint.OffsetRange;
import io.ocellus.page.Cell;
import io.ocellus.page.Section;
import io.ocellus.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Where the candidate comes from, and how to train it again. */
final class Origin {
  private Origin() {}

  static Section of(RunRecord run) {
    return Section.of("Origin", "", lineage(run), configuration(run.lineage()));
  }

  private static Table lineage(RunRecord run) {
    Lineage lineage = run.lineage();
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(row("Run", "%s (%s)".formatted(lineage.run(), lineage.reason())));
    rows.add(
        row(
            "Parent",
            lineage.parentVersion() == 0 ? "none" : "version " + lineage.parentVersion()));
    rows.add(row("Network", run.candidate().network().spec().name()));
    new TreeMap<>(run.candidate().network().spec().options())
        .forEach((key, value) -> rows.add(row("Network option", key + " = " + value)));
    rows.add(row("Parameters", "%,d".formatted(run.candidate().network().parameters())));
    rows.add(
        row(
            "Input",
            "%1$d x %1$d pixels, %2$s"
                .formatted(run.framing().size(), run.framing().resize().label())));
    rows.add(
        row(
            "Images",
            "%d learned from, %d held out".formatted(lineage.trainImages(), lineage.testImages())));
    rows.add(row("Split", "%s; seed %d".formatted(lineage.splitRule(), lineage.seed())));
    lineage.data().forEach(range -> rows.add(row("Data", range(range))));
    rows.add(row("Code", lineage.codeVersion()));
    return new Table("Lineage", List.of("What", "Value"), rows);
  }

  private static String range(OffsetRange range) {
    return "%s-%d, offsets %d to %d (exclusive)"
        .formatted(range.topic(), range.partition(), range.from(), range.to());
  }

  private static Table configuration(Lineage lineage) {
    List<List<Cell>> rows = new ArrayList<>();
    new TreeMap<>(lineage.configuration()).forEach((key, value) -> rows.add(row(key, value)));
    return new Table("Settings of the run", List.of("Key", "Value"), rows);
  }

  private static List<Cell> row(String name, String value) {
    return List.of(Cell.text(name), Cell.text(value));
  }
}
