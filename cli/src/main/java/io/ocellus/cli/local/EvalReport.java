package io.ocellus.cli.local;

import io.ocellus.cli.data.LabelledFile;
import io.ocellus.trainer.measure.ClassScore;
import io.ocellus.trainer.measure.Confusion;
import io.ocellus.trainer.measure.GroupBootstrap;
import io.ocellus.trainer.measure.Interval;
import io.ocellus.trainer.training.Predictions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a checkpoint does on a data set.
 *
 * @param engine what ran it, with its version
 * @param images that were measured
 * @param groups that they are of
 * @param accuracy share of right ones
 * @param wilson its 95% interval if images are independent
 * @param bootstrap its 95% interval if groups are; the same as each other where each image is one
 * @param scores of each class
 * @param macro mean of the classes
 * @param weighted mean of the classes by their images
 * @param confusion by true class, then by predicted class, in the order of the classes
 * @param unreadable images, and why
 */
@SuppressWarnings("ArrayRecordComponent")
record EvalReport(
    String engine,
    int images,
    int groups,
    double accuracy,
    Interval wilson,
    Interval bootstrap,
    Map<String, ClassScore> scores,
    ClassScore macro,
    ClassScore weighted,
    int[][] confusion,
    Map<String, String> unreadable) {

  static EvalReport of(
      String engine,
      List<String> classes,
      Predictions predictions,
      List<LabelledFile> files,
      Map<String, String> unreadable) {
    List<String> groups = files.stream().map(f -> f.group().orElse(f.id())).toList();
    List<Boolean> right = new ArrayList<>();
    for (int i = 0; i < predictions.images(); i++) {
      right.add(predictions.predicted(i) == predictions.labels()[i]);
    }
    int rightOnes = (int) right.stream().filter(r -> r).count();
    Confusion confusion = Confusion.of(predictions);
    List<ClassScore> scores = confusion.scores();
    Map<String, ClassScore> byClass = new LinkedHashMap<>();
    for (int label = 0; label < classes.size(); label++) {
      byClass.put(classes.get(label), scores.get(label));
    }
    return new EvalReport(
        engine,
        files.size(),
        (int) groups.stream().distinct().count(),
        (double) rightOnes / files.size(),
        Interval.wilson(rightOnes, files.size()),
        GroupBootstrap.of(groups, right),
        byClass,
        ClassScore.macro(scores),
        ClassScore.weighted(scores),
        confusion.counts(),
        unreadable);
  }
}
