package io.ocellus.trainer.folder;

import ai.djl.Device;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointFolder;
import io.ocellus.checkpoint.Lineage;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.config.EffectiveConfiguration;
import io.ocellus.network.NetworkSpec;
import io.ocellus.trainer.Plans;
import io.ocellus.trainer.TrainerConfig;
import io.ocellus.trainer.data.ImageReader;
import io.ocellus.trainer.publish.CandidateFiles;
import io.ocellus.trainer.publish.CodeVersion;
import io.ocellus.trainer.training.AllCores;
import io.ocellus.trainer.training.Candidate;
import io.ocellus.trainer.training.Evaluation;
import io.ocellus.trainer.training.Judgement;
import io.ocellus.trainer.training.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A run of the trainer's training on files, without Kafka: the same settings, and the same
 * checkpoint, in a folder. The epoch is chosen on one part and the chosen network measured, once,
 * on another where there is one.
 */
public final class LocalTraining {
  private final TrainerConfig config;
  private final Path folder;
  private final LocalProgress progress;

  /**
   * @param config of which model, device, image, network, training and split count
   * @param folder where the checkpoint goes
   */
  public LocalTraining(TrainerConfig config, Path folder, LocalProgress progress) {
    this.config = config;
    this.folder = folder;
    this.progress = progress;
  }

  /** Carries it out on this thread, and stops where the thread is interrupted. */
  public LocalResult run(List<ImageFile> images) {
    try (DecodedFiles pixels =
        DecodedFiles.of(
            images,
            new ImageReader(config.image()),
            config.network().framing(),
            folder,
            progress::decoded)) {
      Division division = Division.of(pixels.images(), config.split().testFraction());
      progress.divided(division, pixels.unreadable());
      return run(division, pixels);
    }
  }

  private LocalResult run(Division division, DecodedFiles pixels) {
    AllCores.here();
    Device device = config.device().device();
    TrainingRun training = new TrainingRun(device, progress);
    NetworkSpec network =
        new NetworkSpec(
            config.network().name(), division.classes().size(), config.network().options());
    Candidate candidate =
        training.train(Plans.of(config, network, division.toTrain(), pixels, Optional.empty()));
    Judgement val = new Judgement(candidate.best().test(), candidate.predictions());
    Optional<Judgement> test =
        division.test().isEmpty()
            ? Optional.empty()
            : Optional.of(
                training.judge(
                    candidate.network(),
                    candidate.weights(),
                    division.toTest(),
                    pixels,
                    candidate.normalization(),
                    config.training().batchSize()));
    Manifest manifest = write(candidate, division, test.map(Judgement::evaluation));
    return new LocalResult(manifest, folder, division, candidate, val, test);
  }

  private Manifest write(Candidate candidate, Division division, Optional<Evaluation> test) {
    CandidateFiles.write(candidate, folder);
    Manifest draft =
        CandidateFiles.draft(
            config.model(),
            candidate,
            division.classes(),
            config.network().framing(),
            metrics(candidate, test),
            lineage(division));
    return CheckpointFolder.write(draft, folder, List.of(Checkpoint.MODEL, Checkpoint.WEIGHTS));
  }

  private Lineage lineage(Division division) {
    return new Lineage(
        UUID.randomUUID().toString(),
        "folder",
        0,
        List.of(),
        division.train().size(),
        division.val().size(),
        division.rule(),
        config.training().seed(),
        settings(),
        CodeVersion.get());
  }

  private Map<String, String> settings() {
    return EffectiveConfiguration.of(config).entrySet().stream()
        .filter(e -> e.getKey().matches("(device|image|network|training|split)($|\\..*)"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** {@code val-…} of the images that chose the epoch, {@code test-…} of those that did not. */
  private static Map<String, Double> metrics(Candidate candidate, Optional<Evaluation> test) {
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("epoch", (double) candidate.best().epoch());
    metrics.put("train-accuracy", candidate.best().train().accuracy());
    metrics.put("train-loss", candidate.best().train().loss());
    put(metrics, "val", candidate.best().test());
    test.ifPresent(evaluation -> put(metrics, "test", evaluation));
    return metrics;
  }

  private static void put(Map<String, Double> metrics, String part, Evaluation evaluation) {
    metrics.put(part + "-accuracy", evaluation.accuracy());
    metrics.put(part + "-loss", evaluation.loss());
    evaluation
        .classAccuracy()
        .forEach((label, accuracy) -> metrics.put(part + "-accuracy." + label, accuracy));
  }
}
