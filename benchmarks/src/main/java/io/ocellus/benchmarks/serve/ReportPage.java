package io.ocellus.benchmarks.serve;

import io.ocellus.page.Axis;
import io.ocellus.page.Block;
import io.ocellus.page.Chart;
import io.ocellus.page.Page;
import io.ocellus.page.Section;
import io.ocellus.page.Table;
import io.ocellus.page.Tiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The report as a page that opens anywhere. */
final class ReportPage {
  private ReportPage() {}

  static Page of(Report report) {
    return new Page(
        "Serving, side by side",
        report.lead(),
        report.cells().stream().map(ReportPage::section).toList());
  }

  private static Section section(Cell cell) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Tiles(
            Ratio.of(cell).stream()
                .map(ratio -> new Tiles.Tile(ratio.value(), ratio.name(), ratio.note()))
                .toList()));
    chart(blocks, cell, "Images a second of a backlog", "images/s", Figures::imagesPerSecond);
    chart(blocks, cell, "A lone image, at the median", "ms", Figures::loneMillis);
    for (Turn turn : cell.turns()) {
      if (turn.swaps() != null) {
        blocks.addAll(SwapCharts.of(turn, turn.swaps()));
      }
    }
    Tables.of(cell).forEach(table -> blocks.add(table(table)));
    return new Section(cell.title(), "", blocks);
  }

  private static void chart(
      List<Block> blocks,
      Cell cell,
      String label,
      String unit,
      Function<Figures, @Nullable Double> figure) {
    List<Figures> measured =
        cell.figures().stream().filter(figures -> figure.apply(figures) != null).toList();
    if (!measured.isEmpty()) {
      blocks.add(
          Chart.bars(
              label,
              Axis.fromZero(unit),
              measured.stream()
                  .map(figures -> figures.contender().name().toLowerCase(Locale.ROOT))
                  .toList(),
              measured.stream().<Double>map(figure).toList(),
              OptionalDouble.empty()));
    }
  }

  private static Table table(Tables table) {
    return new Table(
        table.title(),
        table.header(),
        table.rows().stream()
            .map(
                row -> {
                  List<io.ocellus.page.Cell> cells = new ArrayList<>();
                  for (int i = 0; i < row.size(); i++) {
                    cells.add(
                        i < 2
                            ? io.ocellus.page.Cell.text(row.get(i))
                            : io.ocellus.page.Cell.number(row.get(i)));
                  }
                  return cells;
                })
            .toList());
  }
}
