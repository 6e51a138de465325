package io.ocellus.cli.local;

import io.ocellus.cli.text.TextTable;
import io.ocellus.trainer.folder.LocalResult;
import io.ocellus.trainer.measure.Interval;
import io.ocellus.trainer.training.Evaluation;
import io.ocellus.trainer.training.Judgement;
import java.util.List;
import java.util.Optional;

/** A run's result as a table for people. */
final class TrainSummary {
  private TrainSummary() {}

  static String of(LocalResult result) {
    TextTable table = new TextTable(List.of("", "VAL", "TEST"));
    for (String label : result.division().classes()) {
      table.row(
          List.of(
              label,
              share(result.val().evaluation().classAccuracy().get(label)),
              result
                  .test()
                  .map(test -> share(test.evaluation().classAccuracy().get(label)))
                  .orElse("-")));
    }
    table.row(
        List.of(
            "all classes",
            share(result.val().evaluation().accuracy()),
            result.test().map(test -> share(test.evaluation().accuracy())).orElse("-")));
    table.row(
        List.of(
            "95% interval",
            interval(result.val()), result.test().map(TrainSummary::interval).orElse("-")));
    table.row(
        List.of(
            "images",
            Integer.toString(result.val().evaluation().images()),
            result.test().map(test -> Integer.toString(test.evaluation().images())).orElse("-")));
    return "%s%n%s".formatted(table, note(result.test()));
  }

  private static String note(Optional<Judgement> test) {
    return test.isPresent()
        ? "VAL chose the epoch and flatters it; TEST was looked at once."
        : "VAL chose the epoch and flatters it; a test folder would give an unbiased figure.";
  }

  private static String share(Double share) {
    return share == null ? "-" : Shares.of(share);
  }

  private static String interval(Judgement judgement) {
    Evaluation evaluation = judgement.evaluation();
    return Shares.interval(
        Interval.wilson(
            (int) Math.round(evaluation.accuracy() * evaluation.images()), evaluation.images()));
  }
}
