package io.ocellus.trainer.report;

import io.ocellus.page.Axis;
import io.ocellus.page.Cell;
import io.ocellus.page.Chart;
import io.ocellus.page.Note;
import io.ocellus.page.Section;
import io.ocellus.page.Series;
import io.ocellus.page.Table;
import io.ocellus.trainer.measure.Calibration;
import io.ocellus.trainer.measure.Temperature;
import java.util.List;

/** Whether probabilities mean what they say, before and after the temperature. */
final class Confidence {
  private Confidence() {}

  static Section of(Measured measured) {
    return Section.of(
        "Calibration",
        "Of images that are given a probability of 0.8, eight in ten should be right: on the"
            + " dashed line. Probabilities on the stream are softmax(logits / %s); labels are the same."
                .formatted(Figure.decimal(measured.temperature())),
        diagram(measured),
        figures(measured),
        new Note(
            "The temperature was fitted on the images that are shown here, and they chose the"
                + " epoch as well: expect images that the trainer never saw to do a little worse."));
  }

  private static Chart diagram(Measured measured) {
    return Chart.lines(
        "Reliability: accuracy of images by the probability they were given",
        Axis.share("probability given"),
        Axis.share("share that is right"),
        List.of(
            Series.of("with temperature", points(measured.after())),
            Series.of("without", points(measured.before())),
            new Series("exact", List.of(new double[] {0, 0}, new double[] {1, 1}), true)));
  }

  private static List<double[]> points(Calibration calibration) {
    return calibration.bins().stream()
        .map(bin -> new double[] {bin.confidence(), bin.accuracy()})
        .toList();
  }

  private static Table figures(Measured measured) {
    return new Table(
        "Before and after",
        List.of("", "Temperature", "Expected calibration error", "Loss (nats)"),
        List.of(
            row("Without", 1, measured, measured.before()),
            row("With temperature", measured.temperature(), measured, measured.after())));
  }

  private static List<Cell> row(
      String name, double temperature, Measured measured, Calibration calibration) {
    return List.of(
        Cell.text(name),
        Cell.number(Figure.decimal(temperature)),
        Cell.number(Figure.percent(calibration.error())),
        Cell.number(Figure.decimal(Temperature.loss(measured.predictions(), temperature))));
  }
}
