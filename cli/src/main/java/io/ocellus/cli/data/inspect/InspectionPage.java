package io.ocellus.cli.data.inspect;

import io.ocellus.page.Axis;
import io.ocellus.page.Block;
import io.ocellus.page.Cell;
import io.ocellus.page.Chart;
import io.ocellus.page.Note;
import io.ocellus.page.Page;
import io.ocellus.page.Pictures;
import io.ocellus.page.Pictures.Picture;
import io.ocellus.page.Section;
import io.ocellus.page.Series;
import io.ocellus.page.Table;
import io.ocellus.page.Tiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** An inspection as a page to look at. */
final class InspectionPage {
  private static final int MOST_ROWS = 200;
  private static final int MOST_SETS = 10;
  private static final int MOST_OF_A_SET = 6;
  private static final int MOST_SIZES = 10;
  private static final int MOST_POINTS = 3000;
  private static final int MOST_COLOURS = 8;

  private final Inspection data;
  private final List<FoundImage> found;
  private final Optional<Thumbnails> thumbnails;

  private InspectionPage(Inspection data, List<FoundImage> found, Optional<Thumbnails> thumbnails) {
    this.data = data;
    this.found = found;
    this.thumbnails = thumbnails;
  }

  /**
   * The page.
   *
   * @param name of the data set
   * @param thumbnails where images can still be read
   */
  static Page of(
      String name, Inspection data, List<FoundImage> found, Optional<Thumbnails> thumbnails) {
    InspectionPage page = new InspectionPage(data, found, thumbnails);
    return new Page(
        "Data set " + name,
        "%,d images of %s, before anything is trained on them."
            .formatted(data.images(), data.source()),
        Stream.of(
                page.overview(),
                page.classes(),
                page.sizes(),
                page.channels(),
                page.unreadable(),
                page.copies(),
                page.groups())
            .filter(section -> !section.blocks().isEmpty())
            .toList());
  }

  private Section overview() {
    List<Block> blocks = new ArrayList<>();
    List<Tiles.Tile> tiles = new ArrayList<>();
    tiles.add(tile(data.usable(), "images can be used", "of %,d".formatted(data.images())));
    tiles.add(tile(data.classes().size(), "classes", ""));
    tiles.add(tile(data.unreadable().size(), "unreadable", ""));
    tiles.add(tile(data.duplicates().size(), "sets of copies", ""));
    if (data.groups().count() > 0) {
      tiles.add(
          tile(
              data.groups().straddling().size(),
              "groups in several parts",
              "of %,d".formatted(data.groups().count())));
    }
    blocks.add(new Tiles(tiles));
    data.hints().forEach(hint -> blocks.add(new Note(hint)));
    return new Section("Overview", "", blocks);
  }

  private static Tiles.Tile tile(long value, String name, String note) {
    return new Tiles.Tile("%,d".formatted(value), name, note);
  }

  private Section classes() {
    List<Double> counts = data.classes().stream().map(count -> (double) count.images()).toList();
    OptionalDouble mean = counts.stream().mapToDouble(Double::doubleValue).average();
    List<String> header = new ArrayList<>(List.of("class", "images"));
    header.addAll(data.parts());
    List<List<Cell>> rows =
        data.classes().stream()
            .map(
                count -> {
                  List<Cell> row = new ArrayList<>();
                  row.add(Cell.text(count.label()));
                  row.add(Cell.number(count.images()));
                  data.parts()
                      .forEach(part -> row.add(Cell.number(count.parts().getOrDefault(part, 0))));
                  return row;
                })
            .toList();
    return Section.of(
        "Classes",
        "",
        Chart.bars(
            "Images per class",
            Axis.fromZero("images"),
            data.classes().stream().map(ClassCount::label).toList(),
            counts,
            mean),
        new Table("Images per class", header, rows));
  }

  private Section sizes() {
    List<Sizes.Size> all = data.sizes().all();
    List<Block> blocks = new ArrayList<>();
    if (all.size() > 1) {
      blocks.add(
          Chart.scatter(
              "Each size that occurs, in pixels",
              Axis.of("width"),
              Axis.of("height"),
              sizeSeries()));
    }
    blocks.add(
        new Table(
            "Most frequent sizes",
            List.of("width x height", "images"),
            all.stream()
                .limit(MOST_SIZES)
                .map(
                    size ->
                        List.of(
                            Cell.text("%d x %d".formatted(size.width(), size.height())),
                            Cell.number(size.images())))
                .toList()));
    return new Section(
        "Sizes",
        all.size() > MOST_POINTS
            ? "Of each class, %,d sizes at most are drawn.".formatted(MOST_POINTS)
            : "",
        blocks);
  }

  private List<Series> sizeSeries() {
    boolean coloured = data.classes().size() <= MOST_COLOURS;
    Map<String, Set<List<Integer>>> sizes = new LinkedHashMap<>();
    for (FoundImage image : found) {
      image
          .content()
          .filter(content -> image.usable())
          .ifPresent(
              content ->
                  sizes
                      .computeIfAbsent(
                          coloured ? image.label() : "images", l -> new LinkedHashSet<>())
                      .add(List.of(content.width(), content.height())));
    }
    return sizes.entrySet().stream()
        .map(
            e ->
                Series.of(
                    e.getKey(),
                    e.getValue().stream()
                        .limit(MOST_POINTS)
                        .map(size -> new double[] {size.get(0), size.get(1)})
                        .toList()))
        .toList();
  }

  private Section channels() {
    List<List<Cell>> rows = new ArrayList<>();
    List<String> names = List.of("red", "green", "blue");
    for (int i = 0; i < names.size(); i++) {
      rows.add(
          List.of(
              Cell.text(names.get(i)),
              Cell.number(level(data.channels().mean().get(i))),
              Cell.number(level(data.channels().std().get(i)))));
    }
    return Section.of(
        "Levels",
        "In [0,1]; every image counts the same.",
        new Table("Levels of the channels", List.of("channel", "mean", "deviation"), rows));
  }

  private Section unreadable() {
    List<List<Cell>> rows =
        data.unreadable().stream()
            .limit(MOST_ROWS)
            .map(
                bad ->
                    List.of(Cell.text(bad.id()), Cell.text(bad.reason()), Cell.text(bad.message())))
            .toList();
    return new Section(
        "Unreadable",
        first(data.unreadable().size()),
        rows.isEmpty()
            ? List.of()
            : List.of(
                new Table("Images that cannot be used", List.of("image", "reason", ""), rows)));
  }

  private Section copies() {
    List<Duplicates> sets =
        data.duplicates().stream()
            .sorted(Comparator.comparing((Duplicates set) -> !set.suspicious()))
            .toList();
    List<Block> blocks = new ArrayList<>();
    thumbnails.ifPresent(
        small ->
            sets.stream()
                .limit(MOST_SETS)
                .map(set -> new Pictures(pictures(small, set)))
                .filter(pictures -> !pictures.pictures().isEmpty())
                .forEach(blocks::add));
    if (!sets.isEmpty()) {
      blocks.add(
          new Table(
              "Sets of copies",
              List.of("first", "how alike", "images", "labels", "parts", "groups"),
              sets.stream().limit(MOST_ROWS).map(InspectionPage::row).toList()));
    }
    return new Section(
        "Copies",
        "Sets that lie in several parts or have several labels or groups come first. "
            + first(sets.size()),
        blocks);
  }

  private static List<Picture> pictures(Thumbnails small, Duplicates set) {
    return set.ids().stream()
        .limit(MOST_OF_A_SET)
        .flatMap(id -> small.of(id, id, Words.of(set.kind())).stream())
        .toList();
  }

  private static List<Cell> row(Duplicates set) {
    return List.of(
        Cell.text(set.ids().get(0)),
        Cell.text(Words.of(set.kind())),
        Cell.number(set.ids().size()),
        Cell.text(String.join(", ", set.labels())),
        Cell.text(String.join(", ", set.parts())),
        Cell.text(String.join(", ", set.groups())));
  }

  private Section groups() {
    List<List<Cell>> rows =
        data.groups().straddling().stream()
            .limit(MOST_ROWS)
            .map(group -> List.of(Cell.text(group.group()), Cell.text(Words.parts(group.parts()))))
            .toList();
    return new Section(
        "Groups in several parts",
        first(data.groups().straddling().size()),
        rows.isEmpty()
            ? List.of()
            : List.of(new Table("Divided groups", List.of("group", "images"), rows)));
  }

  private static String first(int all) {
    return all > MOST_ROWS ? "The first %,d of %,d; --json has all.".formatted(MOST_ROWS, all) : "";
  }

  private static String level(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
