package io.ocellus.trainer.report;

import io.ocellus.trainer.measure.Calibration;
import io.ocellus.trainer.measure.ClassScore;
import io.ocellus.trainer.measure.Confusion;
import io.ocellus.trainer.measure.Probabilities;
import io.ocellus.trainer.measure.Roc;
import io.ocellus.trainer.measure.Temperature;
import io.ocellus.trainer.training.Predictions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that is measured of a candidate's predictions, once. */
@SuppressWarnings("ArrayRecordComponent")
record Measured(
    Predictions predictions,
    double temperature,
    float[][] probabilities,
    Confusion confusion,
    List<ClassScore> scores,
    List<Roc> curves,
    Calibration before,
    Calibration after) {
  /** With the temperature that suits these predictions. */
  static Measured of(Predictions predictions) {
    return of(predictions, Temperature.fit(predictions));
  }

  /** With a temperature from elsewhere. */
  static Measured of(Predictions predictions, double temperature) {
    float[][] plain = Probabilities.of(predictions, 1);
    float[][] probabilities = Probabilities.of(predictions, temperature);
    Confusion confusion = Confusion.of(predictions);
    return new Measured(
        predictions,
        temperature,
        probabilities,
        confusion,
        confusion.scores(),
        Roc.each(probabilities, predictions.labels(), predictions.classes()),
        Calibration.of(plain, predictions.labels()),
        Calibration.of(probabilities, predictions.labels()));
  }

  /** The calibrated probability of the class that an image was taken for. */
  double confidence(int image) {
    return probabilities[image][predictions.predicted(image)];
  }

  boolean right(int image) {
    return predictions.predicted(image) == predictions.labels()[image];
  }

  ReportFigures figures(RunRecord run) {
    Map<String, Double> areas = new TreeMap<>();
    Map<String, ClassScore> byClass = new TreeMap<>();
    for (int c = 0; c < run.classes().size(); c++) {
      byClass.put(run.classes().get(c), scores.get(c));
      if (Double.isFinite(curves.get(c).area())) {
        areas.put(run.classes().get(c), curves.get(c).area());
      }
    }
    return new ReportFigures(
        run.model(),
        run.lineage().run(),
        run.candidate().history().stream().map(EpochFigures::of).toList(),
        temperature,
        before.error(),
        after.error(),
        areas,
        byClass,
        confusion.counts());
  }
}
