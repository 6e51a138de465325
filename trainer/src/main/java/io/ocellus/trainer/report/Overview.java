package io.ocellus.trainer.report;

import io.ocellus.page.Section;
import io.ocellus.page.Tiles;
import io.ocellus.page.Tiles.Tile;
import io.ocellus.trainer.measure.ClassScore;
import io.ocellus.trainer.measure.Roc;
import io.ocellus.trainer.training.Evaluation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The figures that matter most. */
final class Overview {
  private Overview() {}

  static Section of(RunRecord run, Measured measured) {
    Evaluation found = run.candidate().best().test();
    return Section.of(
        "At a glance",
        "Measured on %d held-out images, which also chose the epoch: figures lean high."
            .formatted(found.images()),
        new Tiles(
            List.of(
                new Tile(
                    Figure.percent(found.accuracy()),
                    "accuracy",
                    parent(run, e -> Figure.percent(e.accuracy()))),
                new Tile(
                    Figure.decimal(found.loss()),
                    "loss (nats)",
                    parent(run, e -> Figure.decimal(e.loss()))),
                new Tile(
                    Figure.decimal(ClassScore.macro(measured.scores()).f1()),
                    "F1",
                    "mean over classes"),
                new Tile(
                    Figure.decimal(Roc.macro(measured.curves())),
                    "area under ROC",
                    "mean over classes"),
                new Tile(
                    Figure.percent(measured.after().error()),
                    "calibration error",
                    "%s without temperature".formatted(Figure.percent(measured.before().error()))),
                new Tile(
                    "%d / %d"
                        .formatted(
                            run.candidate().best().epoch(), run.candidate().history().size()),
                    "best epoch",
                    ""))));
  }

  private static String parent(RunRecord run, Function<Evaluation, String> value) {
    Optional<RunRecord.Parent> parent = run.parent();
    return parent
        .map(p -> "version %d: %s".formatted(p.version(), value.apply(p.evaluation())))
        .orElse("");
  }
}
