package io.ocellus.cli.local;

import io.ocellus.checkpoint.CheckpointFolder;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.cli.text.TextTable;
import io.ocellus.trainer.TrainerConfig;
import io.ocellus.trainer.folder.Folds;
import io.ocellus.trainer.folder.ImageFile;
import io.ocellus.trainer.folder.LocalTraining;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Trains once per fold, each into a folder of its own, and says how the folds differ. */
final class CrossValidation {
  private final TrainerConfig config;
  private final Path folder;
  private final PrintWriter out;

  CrossValidation(TrainerConfig config, Path folder, PrintWriter out) {
    this.config = config;
    this.folder = folder;
    this.out = out;
  }

  void run(List<ImageFile> images, int k) {
    List<List<ImageFile>> runs = Folds.of(images, k);
    List<Manifest> folds = new ArrayList<>();
    for (int fold = 1; fold <= k; fold++) {
      Path own = folder.resolve("fold-" + fold);
      if (Files.exists(own.resolve(CheckpointFolder.MANIFEST))) {
        out.printf("Fold %d is in %s already and taken as it is.%n", fold, own);
        folds.add(CheckpointFolder.read(own).manifest());
      } else {
        out.printf("Fold %d of %d%n", fold, k);
        folds.add(train(runs.get(fold - 1), own));
      }
    }
    out.println();
    out.println(table(folds));
    out.printf(
        "Each fold's epoch was chosen on the images that it is measured on. None of the %d networks is"
            + " the result: train without --folds for one.%n",
        k);
  }

  private Manifest train(List<ImageFile> images, Path own) {
    try (TrainScreen screen = new TrainScreen(out, images.size(), config.training().epochs())) {
      return new LocalTraining(config, own, screen).run(images).manifest();
    }
  }

  private static TextTable table(List<Manifest> folds) {
    TextTable table = new TextTable(List.of("FOLD", "ACCURACY", "IMAGES", "EPOCH"));
    List<Double> accuracies = new ArrayList<>();
    for (Manifest fold : folds) {
      accuracies.add(fold.metrics().get("val-accuracy"));
      table.row(
          List.of(
              Integer.toString(accuracies.size()),
              Shares.of(fold.metrics().get("val-accuracy")),
              Integer.toString(fold.lineage().testImages()),
              Integer.toString(fold.metrics().get("epoch").intValue())));
    }
    double mean = accuracies.stream().mapToDouble(a -> a).average().orElseThrow();
    double squares = accuracies.stream().mapToDouble(a -> (a - mean) * (a - mean)).sum();
    table.line(
        String.format(
            Locale.ROOT,
            "Mean %.1f%%, standard deviation %.1f points",
            100 * mean,
            100 * Math.sqrt(squares / (accuracies.size() - 1))));
    return table;
  }
}
