package io.ocellus.trainer.publish;

import io.ocellus.trainer.measure.Calibration;
import io.ocellus.trainer.measure.ClassScore;
import io.ocellus.trainer.measure.Confusion;
import io.ocellus.trainer.measure.Probabilities;
import io.ocellus.trainer.measure.Temperature;
import io.ocellus.trainer.training.Candidate;
import io.ocellus.trainer.training.Evaluation;
import io.ocellus.trainer.training.Judgement;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures that a manifest carries, by name: of the chosen epoch, and of each part of the images
 * that was measured, such as {@code test-accuracy}, {@code test-macro-f1} and {@code
 * test-calibration-error} (expected, of probabilities made with the manifest's temperature).
 */
public final class ManifestMetrics {
  private ManifestMetrics() {}

  /**
   * Collects them.
   *
   * @param parts how the candidate does on images, by what those are called
   */
  public static Map<String, Double> of(Candidate candidate, Map<String, Judgement> parts) {
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("epoch", (double) candidate.best().epoch());
    metrics.put("train-accuracy", candidate.best().train().accuracy());
    metrics.put("train-loss", candidate.best().train().loss());
    double temperature = Temperature.fit(candidate.predictions());
    parts.forEach((part, judgement) -> put(metrics, part, judgement, temperature));
    return metrics;
  }

  private static void put(
      Map<String, Double> metrics, String part, Judgement judgement, double temperature) {
    Evaluation evaluation = judgement.evaluation();
    metrics.put(part + "-accuracy", evaluation.accuracy());
    metrics.put(part + "-loss", evaluation.loss());
    metrics.put(
        part + "-macro-f1", ClassScore.macro(Confusion.of(judgement.predictions()).scores()).f1());
    metrics.put(
        part + "-calibration-error",
        Calibration.of(
                Probabilities.of(judgement.predictions(), temperature),
                judgement.predictions().labels())
            .error());
    evaluation
        .classAccuracy()
        .forEach((label, accuracy) -> metrics.put(part + "-accuracy." + label, accuracy));
  }
}
