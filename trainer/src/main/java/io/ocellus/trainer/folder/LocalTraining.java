package io.ocellus.trainer.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.Device;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointFolder;
import io.ocellus.checkpoint.Lineage;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.config.EffectiveConfiguration;
import io.ocellus.file.Folders;
import io.ocellus.file.Sha256;
import io.ocellus.image.guard.ImageGuard;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.trainer.Plans;
import io.ocellus.trainer.Starts;
import io.ocellus.trainer.TrainerConfig;
import io.ocellus.trainer.data.ImageReader;
import io.ocellus.trainer.publish.CandidateFiles;
import io.ocellus.trainer.publish.CodeVersion;
import io.ocellus.trainer.publish.ManifestMetrics;
import io.ocellus.trainer.report.ReportFigures;
import io.ocellus.trainer.report.RunRecord;
import io.ocellus.trainer.report.RunReport;
import io.ocellus.trainer.training.Candidate;
import io.ocellus.trainer.training.CpuThreads;
import io.ocellus.trainer.training.Judgement;
import io.ocellus.trainer.training.RunFolder;
import io.ocellus.trainer.training.Start;
import io.ocellus.trainer.training.TrainingInterruptedException;
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
  /** Where a run that was stopped waits in the checkpoint's folder to be gone on with. */
  public static final String RUN = ".run";

  private static final List<String> FILES =
      List.of(Checkpoint.MODEL, Checkpoint.WEIGHTS, RunReport.FILE, ReportFigures.FILE);

  private final TrainerConfig config;
  private final Path folder;
  private final Path run;
  private final LocalProgress progress;

  /**
   * @param config of which model, device, image, network, training and split count
   * @param folder where the checkpoint goes
   */
  public LocalTraining(TrainerConfig config, Path folder, LocalProgress progress) {
    this.config = config;
    this.folder = folder;
    this.run = folder.resolve(RUN);
    this.progress = progress;
  }

  /**
   * Carries it out on this thread; where the same run was stopped in that folder, from there.
   *
   * @throws TrainingInterruptedException where the thread is interrupted; epochs that are over are
   *     saved
   */
  public LocalResult run(List<ImageFile> images) {
    Plans.check(config);
    try (DecodedFiles pixels =
        DecodedFiles.of(
            images,
            new ImageReader(config.image(), ImageGuard.inMemory()),
            config.network().framing(),
            folder,
            progress::decoded)) {
      Division division = Division.of(pixels.images(), config.split().testFraction());
      progress.divided(division, pixels.unreadable());
      String data = "%s %s".formatted(contents(pixels.images()), config.network().framing());
      return run(division, pixels, new RunFolder(run, data, config.training().saveEpochs()));
    }
  }

  private LocalResult run(Division division, DecodedFiles pixels, RunFolder saved) {
    CpuThreads.all();
    Device device = config.device().device();
    TrainingRun training = new TrainingRun(device, progress);
    NetworkSpec network =
        new NetworkSpec(
            config.network().name(), division.classes().size(), config.network().options());
    Start start =
        Starts.of(
            config.training(), Networks.create(network), division.classes(), Optional.empty());
    progress.starts(start.account());
    Candidate candidate =
        training.train(
            Plans.of(config, network, division.toTrain(), pixels, start.weights()),
            Optional.of(saved));
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
    Lineage lineage = lineage(division, start);
    CandidateFiles.write(candidate, division.classes(), config.network().size(), folder);
    report(candidate, division, lineage, test, pixels);
    Manifest draft =
        CandidateFiles.draft(
            config.model(),
            candidate,
            division.classes(),
            config.network().framing(),
            ManifestMetrics.of(candidate, parts(candidate, test)),
            lineage);
    Manifest manifest = CheckpointFolder.write(draft, folder, FILES);
    Folders.clear(run);
    return new LocalResult(manifest, folder, division, candidate, candidate.judgement(), test);
  }

  /** {@code val} are the images that chose the epoch, {@code test} those that did not. */
  private static Map<String, Judgement> parts(Candidate candidate, Optional<Judgement> test) {
    Map<String, Judgement> parts = new TreeMap<>(Map.of("val", candidate.judgement()));
    test.ifPresent(judgement -> parts.put("test", judgement));
    return parts;
  }

  private void report(
      Candidate candidate,
      Division division,
      Lineage lineage,
      Optional<Judgement> test,
      DecodedFiles pixels) {
    RunReport.write(
        new RunRecord(
            config.model(),
            "",
            candidate,
            division.classes(),
            config.network().framing(),
            lineage,
            Optional.empty(),
            test,
            pixels::pixels),
        folder);
  }

  /** Names the images by what is cheap to ask: a run goes on only with the same. */
  private static String contents(List<ImageFile> images) {
    return Sha256.hex(
        images.stream()
            .map(image -> "%s %d".formatted(image.id(), image.path().toFile().length()))
            .collect(Collectors.joining("\n"))
            .getBytes(UTF_8));
  }

  private Lineage lineage(Division division, Start start) {
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
        CodeVersion.get(),
        start.kind());
  }

  private Map<String, String> settings() {
    return EffectiveConfiguration.of(config).entrySet().stream()
        .filter(e -> e.getKey().matches("(device|image|network|training|split)($|\\..*)"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
