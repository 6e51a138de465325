package io.ocellus.trainer.publish;

import io.ocellus.trainer.data.Dataset;
import io.ocellus.trainer.data.PixelSource;
import io.ocellus.trainer.data.Sample;
import io.ocellus.trainer.training.Evaluation;
import io.ocellus.trainer.training.TrainingRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures the serving version on a run's held-out images, prepared as that version wants them. An
 * image of a class that it does not know counts as wrong.
 */
public final class ServingJudge {
  private ServingJudge() {}

  /** How the version does. */
  public static Evaluation judge(
      ServingVersion serving, Dataset data, PixelSource pixels, TrainingRun on, int batchSize) {
    List<String> own = serving.manifest().classes();
    List<Sample> known = new ArrayList<>();
    for (Sample sample : data.test()) {
      int label = own.indexOf(data.classes().get(sample.label()));
      if (label >= 0) {
        known.add(new Sample(sample.id(), label));
      }
    }
    Evaluation ofKnown =
        on.judge(
                serving.network(),
                serving.weights(),
                new Dataset(own, List.of(), known),
                pixels,
                serving.manifest().preprocessing().normalization(),
                batchSize)
            .evaluation();
    return withUnknown(ofKnown, data, own);
  }

  private static Evaluation withUnknown(Evaluation known, Dataset data, List<String> own) {
    int all = data.test().size();
    Map<String, Double> accuracies = new TreeMap<>(known.classAccuracy());
    for (Sample sample : data.test()) {
      String label = data.classes().get(sample.label());
      if (!own.contains(label)) {
        accuracies.put(label, 0.0);
      }
    }
    double right = known.images() == 0 ? 0 : known.accuracy() * known.images();
    return new Evaluation(all, known.loss(), right / all, accuracies);
  }
}
