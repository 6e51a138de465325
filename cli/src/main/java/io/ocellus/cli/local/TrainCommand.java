package io.ocellus.cli.local;

import io.ocellus.cli.data.ImageFolder;
import io.ocellus.cli.service.StopSignal;
import io.ocellus.trainer.TrainerConfig;
import io.ocellus.trainer.folder.ImageFile;
import io.ocellus.trainer.folder.LocalResult;
import io.ocellus.trainer.folder.LocalTraining;
import io.ocellus.trainer.training.TrainingInterruptedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ocellus train}: all that the trainer does, on a folder. */
@Command(
    name = "train",
    description = {
      "Trains on a folder of labelled images, without Kafka, and writes a checkpoint folder.",
      "",
      "Ctrl-C stops it, and the same command goes on after the last epoch that was over.",
      "",
      "The epoch is chosen on the val part, or on split.test-fraction of the groups where there is"
          + " none; the test part is measured once, at the end."
    },
    footer = {
      "  ocellus train photos/ --out birds/ --network se-densenet-light --size 64 --epochs 20",
      "  ocellus train scans/ --out scans-1/ --group-regex '^(patient[0-9]+)_' --config train.yaml"
    })
public final class TrainCommand implements Callable<Integer> {
  /** A step may take longer, and is given up then; the last epoch that is over is saved. */
  private static final Duration PATIENCE = Duration.ofSeconds(9);

  @Spec private CommandSpec spec;
  @Mixin private LocalFiles files;
  @Mixin private LocalSettings settings;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FOLDER",
      description = "Where the checkpoint goes; a folder that is empty or not there yet.")
  private Path out;

  @Option(
      names = "--folds",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "Cross-validate instead: train K networks, each measured on another K-th of the groups, and"
              + " say how they differ. A test part stays unseen.")
  private int folds;

  @Override
  public Integer call() {
    TrainerConfig config = settings.load();
    ImageFolder data = files.read();
    Path folder = folds > 0 ? out : NewFolder.at(out);
    List<ImageFile> images = LocalFiles.images(data.files());
    PrintWriter terminal = spec.commandLine().getOut();
    data.remarks().forEach(terminal::println);
    StopSignal stop = StopSignal.listen(PATIENCE, Thread.currentThread()::interrupt);
    try {
      if (folds > 0) {
        new CrossValidation(config, folder, terminal).run(images, folds);
      } else {
        train(config, folder, images, terminal);
      }
    } catch (TrainingInterruptedException e) {
      terminal.printf("Stopped. The same command goes on after the last epoch that is over.%n");
      terminal.flush();
    } finally {
      stop.close();
    }
    return 0;
  }

  private static void train(
      TrainerConfig config, Path folder, List<ImageFile> images, PrintWriter terminal) {
    try (TrainScreen screen =
        new TrainScreen(terminal, images.size(), config.training().epochs())) {
      LocalResult result = new LocalTraining(config, folder, screen).run(images);
      terminal.println();
      terminal.println(TrainSummary.of(result));
      terminal.printf(
          "Epoch %d is in %s; report.html there shows how it does.%n",
          result.candidate().best().epoch(), folder);
    }
  }
}
