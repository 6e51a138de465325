package io.ocellus.trainer.report;

import io.ocellus.page.Axis;
import io.ocellus.page.Cell;
import io.ocellus.page.Chart;
import io.ocellus.page.Section;
import io.ocellus.page.Series;
import io.ocellus.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Loss, accuracy and learning rate, epoch by epoch, beside those of the parent. */
final class Curves {
  private Curves() {}

  static Section of(RunRecord run) {
    List<EpochFigures> own = run.candidate().history().stream().map(EpochFigures::of).toList();
    List<EpochFigures> parent = run.parent().map(RunRecord.Parent::history).orElse(List.of());
    int best = run.candidate().best().epoch();
    return Section.of(
        "Training",
        "The weights are those of epoch %d, the best on the held-out images.%s"
            .formatted(best, parent.isEmpty() ? "" : " Dashed: the parent's own run."),
        chart("Loss", Axis.of("nats"), own, parent, EpochFigures::trainLoss, EpochFigures::testLoss)
            .with(table(own, best)),
        chart(
            "Accuracy",
            Axis.share("share of images"),
            own,
            parent,
            EpochFigures::trainAccuracy,
            EpochFigures::testAccuracy),
        rates(own, parent));
  }

  private static Chart chart(
      String label,
      Axis y,
      List<EpochFigures> own,
      List<EpochFigures> parent,
      ToDoubleFunction<EpochFigures> train,
      ToDoubleFunction<EpochFigures> test) {
    List<Series> series = new ArrayList<>();
    series.add(Series.of("training", points(own, train)));
    series.add(Series.of("held out", points(own, test)));
    if (!parent.isEmpty()) {
      series.add(new Series("parent, held out", points(parent, test), true));
    }
    return Chart.lines(label, epochs(), y, series);
  }

  private static Chart rates(List<EpochFigures> own, List<EpochFigures> parent) {
    List<Series> series = new ArrayList<>();
    series.add(Series.of("learning rate", points(own, EpochFigures::learningRate)));
    if (!parent.isEmpty()) {
      series.add(new Series("parent", points(parent, EpochFigures::learningRate), true));
    }
    return Chart.lines("Learning rate", epochs(), Axis.fromZero("per step"), series);
  }

  private static Axis epochs() {
    return Axis.ordinal("epoch");
  }

  private static List<double[]> points(
      List<EpochFigures> epochs, ToDoubleFunction<EpochFigures> value) {
    return epochs.stream().map(e -> new double[] {e.epoch(), value.applyAsDouble(e)}).toList();
  }

  private static Table table(List<EpochFigures> epochs, int best) {
    return new Table(
        "Epochs",
        List.of(
            "Epoch",
            "Loss, training",
            "Loss, held out",
            "Accuracy, training",
            "Accuracy, held out",
            "Learning rate"),
        epochs.stream()
            .map(
                e ->
                    List.of(
                        Cell.text(e.epoch() == best ? e.epoch() + " (best)" : "" + e.epoch()),
                        Cell.number(Figure.decimal(e.trainLoss())),
                        Cell.number(Figure.decimal(e.testLoss())),
                        Cell.number(Figure.percent(e.trainAccuracy())),
                        Cell.number(Figure.percent(e.testAccuracy())),
                        Cell.number(Figure.small(e.learningRate()))))
            .toList());
  }
}
