package io.ocellus.trainer.report;

import io.ocellus.page.Section;
import io.ocellus.page.Tiles;
import io.ocellus.page.Tiles.Tile;
import io.ocellus.trainer.measure.ClassScore;
import io.ocellus.trainer.measure.Interval;
import io.ocellus.trainer.measure.Roc;
import io.ocellus.trainer.training.Evaluation;
import io.ocellus.trainer.training.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The figures that matter most. */
final class Overview {
  private Overview() {}

  /** Of the images that chose the epoch. */
  static Section of(RunRecord run, Measured measured) {
    Evaluation found = run.candidate().best().test();
    List<Tile> tiles =
        tiles(
            found,
            measured,
            parent(run, e -> Figure.percent(e.accuracy())),
            parent(run, e -> Figure.decimal(e.loss())));
    tiles.add(
        new Tile(
            "%d / %d".formatted(run.candidate().best().epoch(), run.candidate().history().size()),
            "best epoch",
            ""));
    return Section.of(
        "At a glance",
        "Measured on %d held-out images, which also chose the epoch: figures lean high."
            .formatted(found.images()),
        new Tiles(tiles));
  }

  /** Of the images that chose nothing. */
  static Section ofTest(Judgement test, Measured measured) {
    Evaluation found = test.evaluation();
    int right = (int) Math.round(found.accuracy() * found.images());
    Interval interval = Interval.wilson(right, found.images());
    return Section.of(
        "The test part",
        ("Measured once, on %d images that neither taught the network nor chose the epoch: the"
                + " figures to go by.")
            .formatted(found.images()),
        new Tiles(
            tiles(
                found,
                measured,
                "95%% interval %s to %s"
                    .formatted(Figure.percent(interval.low()), Figure.percent(interval.high())),
                "")));
  }

  private static List<Tile> tiles(
      Evaluation found, Measured measured, String accuracyNote, String lossNote) {
    return new ArrayList<>(
        List.of(
            new Tile(Figure.percent(found.accuracy()), "accuracy", accuracyNote),
            new Tile(Figure.decimal(found.loss()), "loss (nats)", lossNote),
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
                "%s without temperature".formatted(Figure.percent(measured.before().error())))));
  }

  private static String parent(RunRecord run, Function<Evaluation, String> value) {
    Optional<RunRecord.Parent> parent = run.parent();
    return parent
        .map(p -> "version %d: %s".formatted(p.version(), value.apply(p.evaluation())))
        .orElse("");
  }
}
