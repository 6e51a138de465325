package io.ocellus.trainer.report;

import io.ocellus.page.Axis;
import io.ocellus.page.Cell;
import io.ocellus.page.Chart;
import io.ocellus.page.Section;
import io.ocellus.page.Series;
import io.ocellus.page.Table;
import io.ocellus.trainer.measure.ClassScore;
import io.ocellus.trainer.measure.Roc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How well each class is told from the others: confusion matrix, scores, curves. */
final class Classes {
  /** What the figures mean. */
  static final String TERMS =
      "Precision: how many of the images taken for a class are of it. Recall: how many of its"
          + " images were found. F1: their harmonic mean. AUC: the chance that an image of the"
          + " class gets a higher probability for it than an image of another.";

  /** As many as a page has colours. */
  private static final int CURVES_SHOWN = 7;

  private Classes() {}

  static Section of(String heading, String text, List<String> classes, Measured measured) {
    return Section.of(
        heading,
        text,
        confusion(classes, measured),
        scores(classes, measured),
        curves(classes, measured));
  }

  private static Table confusion(List<String> classes, Measured measured) {
    List<String> header = new ArrayList<>(List.of("Is \\ taken for"));
    header.addAll(classes);
    List<List<Cell>> rows = new ArrayList<>();
    for (int is = 0; is < classes.size(); is++) {
      List<Cell> row = new ArrayList<>(List.of(Cell.text(classes.get(is))));
      int support = measured.confusion().support(is);
      for (int count : measured.confusion().counts()[is]) {
        row.add(Cell.shaded("" + count, support == 0 ? 0 : (double) count / support));
      }
      rows.add(row);
    }
    return new Table("Confusion matrix: images, deeper is more of a row", header, rows);
  }

  private static Table scores(List<String> classes, Measured measured) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      rows.add(row(classes.get(c), measured.scores().get(c), measured.curves().get(c).area()));
    }
    rows.add(
        row(
            "Mean over classes (macro)",
            ClassScore.macro(measured.scores()),
            Roc.macro(measured.curves())));
    rows.add(
        row(
            "Mean over images (weighted)",
            ClassScore.weighted(measured.scores()),
            Roc.weighted(measured.curves(), measured.scores())));
    return new Table(
        "Scores", List.of("Class", "Precision", "Recall", "F1", "AUC", "Images"), rows);
  }

  private static List<Cell> row(String name, ClassScore score, double area) {
    return List.of(
        Cell.text(name),
        Cell.number(Figure.decimal(score.precision())),
        Cell.number(Figure.decimal(score.recall())),
        Cell.number(Figure.decimal(score.f1())),
        Cell.number(Figure.decimal(area)),
        Cell.number(score.support()));
  }

  private static Chart curves(List<String> classes, Measured measured) {
    List<Series> series = new ArrayList<>();
    List<Integer> shown =
        IntStream.range(0, classes.size())
            .filter(c -> Double.isFinite(measured.curves().get(c).area()))
            .boxed()
            .sorted(Comparator.comparingDouble(c -> measured.curves().get(c).area()))
            .limit(CURVES_SHOWN)
            .sorted()
            .toList();
    for (int c : shown) {
      series.add(Series.of(classes.get(c), measured.curves().get(c).points()));
    }
    series.add(new Series("chance", List.of(new double[] {0, 0}, new double[] {1, 1}), true));
    return Chart.lines(
        "ROC, each class against the rest"
            + (shown.size() < classes.size()
                ? ": the %d with the smallest area".formatted(shown.size())
                : "")
            + "; mean area "
            + Figure.decimal(Roc.macro(measured.curves())),
        Axis.share("share of the rest taken for the class"),
        Axis.share("share of the class found"),
        series);
  }
}
