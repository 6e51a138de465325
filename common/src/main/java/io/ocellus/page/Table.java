package io.ocellus.page;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows under a header; the first cell of each row names it.
 *
 * @param label what it shows, as its caption
 * @param header names of the columns
 * @param rows as many cells each as the header has
 */
public record Table(String label, List<String> header, List<List<Cell>> rows) implements Block {
  private static final int NARROW = 7;

  public Table {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
    for (List<Cell> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "A row of %d cells stands under %d columns".formatted(row.size(), header.size()));
      }
    }
  }

  /** Whether it needs a page's whole width. */
  boolean wide() {
    return header.size() > NARROW;
  }

  /** The rows as the template takes them. */
  List<Row> filled() {
    return rows.stream().map(row -> new Row(row.get(0), row.subList(1, row.size()))).toList();
  }

  /** The first column's name. */
  Column first() {
    return new Column(header.get(0), rows.stream().anyMatch(row -> row.get(0).number()));
  }

  /** The other columns; set as their cells are. */
  List<Column> others() {
    return IntStream.range(1, header.size())
        .mapToObj(
            i -> new Column(header.get(i), rows.stream().anyMatch(row -> row.get(i).number())))
        .toList();
  }

  @Override
  public String html() {
    return Templates.render("table", this);
  }

  /** A row: its name and its other cells. */
  record Row(Cell name, List<Cell> cells) {}

  /** A column: its name, and whether it is of numbers. */
  record Column(String name, boolean number) {}
}
