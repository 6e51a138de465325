package io.ocellus.benchmarks.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tables of a cell: a row for each contender, no column without a figure. */
record Tables(String title, List<String> header, List<List<String>> rows) {
  private record Column(String name, Function<Figures, @Nullable Double> figure, String format) {}

  private static final List<Column> BACKLOG =
      List.of(
          new Column("images/s", Figures::imagesPerSecond, "%.1f"),
          new Column("over bare", Figures::overBare, "%.3f"),
          new Column("by CPU time", Figures::overBareByCpu, "%.3f"),
          new Column("over Streams", Figures::overStreams, "%.2f"),
          new Column("CPU ms/image", Figures::cpuMillisPerImage, "%.1f"),
          new Column("end over beginning", Figures::lastOverFirst, "%.2f"),
          new Column("beside a busy process", Figures::besideNeighbour, "%.2f"),
          new Column("peak MiB", figures -> (double) figures.peakMiB(), "%.0f"));

  private static final List<Column> LATENCY =
      List.of(
          new Column("lone, median ms", Figures::loneMillis, "%.1f"),
          new Column("p99 ms", Figures::loneP99Millis, "%.1f"),
          new Column("median over bare, ms", Figures::loneOverheadMillis, "%.1f"),
          new Column("steady, images/s", Figures::steadyPerSecond, "%.1f"),
          new Column("median ms", Figures::steadyMillis, "%.1f"),
          new Column("p99 ms", Figures::steadyP99Millis, "%.1f"),
          new Column("p99 in batch times", Figures::steadyP99Batches, "%.2f"));

  private static final List<Column> SWAPS =
      List.of(
          new Column("publication to first result, s", Figures::swapSeconds, "%.2f"),
          new Column("p99 ms meanwhile", Figures::swapP99Millis, "%.1f"),
          new Column("over p99 otherwise", Figures::swapOverOtherwise, "%.2f"),
          new Column("resident memory, end over first third", Figures::residentGrowth, "%.3f"),
          new Column("threads more", Figures::threadsMore, "%+.0f"),
          new Column("files more", Figures::filesMore, "%+.0f"));

  static List<Tables> of(Cell cell) {
    List<Tables> tables = new ArrayList<>();
    tables.add(table("A backlog of %,d images".formatted(cell.backlog()), BACKLOG, cell.figures()));
    tables.add(table("Images one at a time", LATENCY, cell.figures()));
    tables.add(table("One version after another", SWAPS, cell.figures()));
    return tables.stream().filter(table -> table.header().size() > 2).toList();
  }

  private static Tables table(String title, List<Column> candidates, List<Figures> figures) {
    List<Column> columns =
        candidates.stream()
            .filter(column -> figures.stream().anyMatch(f -> column.figure().apply(f) != null))
            .toList();
    List<String> header = new ArrayList<>(List.of("contender", "guarantee"));
    columns.forEach(column -> header.add(column.name()));
    List<List<String>> rows = new ArrayList<>();
    for (Figures figure : figures) {
      List<String> row =
          new ArrayList<>(List.of(figure.contender().title(), figure.contender().guarantee()));
      columns.forEach(
          column -> row.add(Figures.text(column.figure().apply(figure), column.format())));
      rows.add(row);
    }
    return new Tables(title, header, rows);
  }
}
