package io.ocellus.cli.local;

import io.ocellus.cli.text.TextTable;
import io.ocellus.trainer.measure.ClassScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A measurement as tables for people. */
final class EvalText {
  private EvalText() {}

  static String of(EvalReport report) {
    String newline = System.lineSeparator();
    StringBuilder text = new StringBuilder();
    text.append(accuracy(report)).append(newline).append(newline);
    text.append(scores(report)).append(newline).append(newline);
    text.append(confusion(report));
    report
        .unreadable()
        .forEach((id, why) -> text.append(newline).append("Left out %s: %s".formatted(id, why)));
    return text.toString();
  }

  private static String accuracy(EvalReport report) {
    boolean grouped = report.groups() < report.images();
    String groups =
        grouped
            ? ", %s by drawing its %d groups anew"
                .formatted(Shares.interval(report.bootstrap()), report.groups())
            : "";
    return "Accuracy %s of %d images on %s (95%% interval %s by Wilson%s)"
        .formatted(
            Shares.of(report.accuracy()),
            report.images(),
            report.engine(),
            Shares.interval(report.wilson()),
            groups);
  }

  private static TextTable scores(EvalReport report) {
    TextTable table = new TextTable(List.of("CLASS", "PRECISION", "RECALL", "F1", "IMAGES"));
    report.scores().forEach((label, score) -> table.row(row(label, score)));
    table.row(row("mean", report.macro()));
    table.row(row("weighted mean", report.weighted()));
    return table;
  }

  private static List<String> row(String label, ClassScore score) {
    return List.of(
        label,
        figure(score.precision()),
        figure(score.recall()),
        figure(score.f1()),
        Integer.toString(score.support()));
  }

  private static TextTable confusion(EvalReport report) {
    List<String> classes = List.copyOf(report.scores().keySet());
    List<String> heading = new ArrayList<>(List.of("TRUE \\ TAKEN FOR"));
    heading.addAll(classes);
    TextTable table = new TextTable(heading);
    for (int label = 0; label < classes.size(); label++) {
      List<String> cells = new ArrayList<>(List.of(classes.get(label)));
      for (int count : report.confusion()[label]) {
        cells.add(Integer.toString(count));
      }
      table.row(cells);
    }
    return table;
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
