package io.ocellus.trainer;

import ai.djl.Device;
import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.checkpoint.FileEntry;
import io.ocellus.checkpoint.Lineage;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.SupersededException;
import io.ocellus.config.EffectiveConfiguration;
import io.ocellus.image.Framing;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.trainer.data.Dataset;
import io.ocellus.trainer.data.ImageReader;
import io.ocellus.trainer.data.ImageStore;
import io.ocellus.trainer.data.PixelSource;
import io.ocellus.trainer.data.Snapshot;
import io.ocellus.trainer.data.StoredPixels;
import io.ocellus.trainer.publish.CandidateFiles;
import io.ocellus.trainer.publish.CodeVersion;
import io.ocellus.trainer.publish.Gate;
import io.ocellus.trainer.publish.ServingJudge;
import io.ocellus.trainer.publish.ServingVersion;
import io.ocellus.trainer.report.RunRecord;
import io.ocellus.trainer.report.RunRecord.Parent;
import io.ocellus.trainer.training.Candidate;
import io.ocellus.trainer.training.EpochResult;
import io.ocellus.trainer.training.Evaluation;
import io.ocellus.trainer.training.Progress;
import io.ocellus.trainer.training.RunFolder;
import io.ocellus.trainer.training.Start;
import io.ocellus.trainer.training.TrainingRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run, from the images at hand to a published version or a refusal: train, measure candidate
 * and serving version on the same images, pass the gate, publish.
 */
final class Run implements Progress {
  private static final Logger log = LoggerFactory.getLogger(Run.class);

  private final String id;
  private final String reason;
  private final TrainerConfig config;
  private final Services services;
  private final Dataset data;
  private final Snapshot snapshot;
  private final String splitRule;
  private final TrainingRun training;
  private final Reports reports;
  private int learned;

  /** What a run needs of the trainer. */
  record Services(
      ImageStore store,
      ImageReader images,
      CheckpointCatalog catalog,
      CheckpointPublisher publisher,
      Standing standing,
      TrainingListener listener,
      TrainerMetrics metrics) {}

  Run(
      String id,
      String reason,
      TrainerConfig config,
      Services services,
      Dataset data,
      Snapshot snapshot,
      String splitRule) {
    this.id = id;
    this.reason = reason;
    this.config = config;
    this.services = services;
    this.data = data;
    this.snapshot = snapshot;
    this.splitRule = splitRule;
    Device device = config.device().device();
    services.metrics().trainsOn(device);
    this.training = new TrainingRun(device, this);
    this.reports = new Reports(config.stateDir().resolve("reports"));
  }

  /** Where a run is saved while it lasts, to go on from when the trainer is started again. */
  static Path unfinished(TrainerConfig config) {
    return config.stateDir().resolve("unfinished");
  }

  /** Carries it out; the version that it published, or empty where the gate refused. */
  Optional<Manifest> carryOut(Path folder) {
    services.publisher().ensureNotFenced();
    Optional<ServingVersion> serving =
        ServingVersion.fetch(services.catalog(), config.model(), folder.resolve("serving"));
    int servingVersion = serving.map(s -> s.manifest().version()).orElse(0);
    NetworkSpec network =
        new NetworkSpec(config.network().name(), data.classes().size(), config.network().options());
    Start start = Starts.of(config.training(), Networks.create(network), data.classes(), serving);
    log.info(start.account());
    emit(
        new TrainingEvent.Started(
            config.model(),
            id,
            Instant.now(),
            reason,
            network.name(),
            data.classes(),
            data.train().size(),
            data.test().size(),
            config.training().epochs(),
            servingVersion,
            start.kind()));
    Candidate candidate =
        training.train(
            Plans.of(config, network, data, pixels(config.network().framing()), start.weights()),
            Optional.of(
                new RunFolder(
                    unfinished(config),
                    "%s %s".formatted(snapshot.ranges(), config.network().framing()),
                    config.training().saveEpochs())));
    while (true) {
      Optional<ServingVersion> newest = newest(serving, folder);
      try {
        return published(candidate, newest, start, folder);
      } catch (SupersededException e) {
        log.info("{}: the candidate is compared with it", e.getMessage());
        serving = newest;
      }
    }
  }

  /** What the candidate is compared with: somebody may have published during the run. */
  private Optional<ServingVersion> newest(Optional<ServingVersion> serving, Path folder) {
    int known = serving.map(s -> s.manifest().version()).orElse(0);
    int newest = services.catalog().newest(config.model()).map(Manifest::version).orElse(0);
    return newest == known
        ? serving
        : ServingVersion.fetch(
            services.catalog(), config.model(), folder.resolve("serving-" + newest));
  }

  private Optional<Manifest> published(
      Candidate candidate, Optional<ServingVersion> serving, Start start, Path folder) {
    int servingVersion = serving.map(s -> s.manifest().version()).orElse(0);
    Optional<Evaluation> standing = serving.map(this::judge);
    Evaluation found = candidate.best().test();
    emit(
        new TrainingEvent.Evaluated(
            config.model(), id, Instant.now(), found, servingVersion, standing.orElse(null)));
    Gate.Decision decision =
        new Gate(config.gate().margin(), config.gate().classMargin()).decide(found, standing);
    Lineage lineage = lineage(servingVersion, start);
    RunRecord record =
        new RunRecord(
            config.model(),
            (decision.accepted() ? "Accepted: " : "Refused: ") + decision.message() + ".",
            candidate,
            data.classes(),
            config.network().framing(),
            lineage,
            serving.map(s -> new Parent(servingVersion, standing.orElseThrow(), s.history())),
            Optional.empty(),
            pixels(config.network().framing())::pixels);
    if (!decision.accepted()) {
      String where = reports.keep(record).map("; the report is %s"::formatted).orElse("");
      emit(
          new TrainingEvent.Refused(config.model(), id, Instant.now(), decision.message() + where));
      return Optional.empty();
    }
    emit(new TrainingEvent.Accepted(config.model(), id, Instant.now(), decision.message()));
    return Optional.of(publish(record, folder.resolve("candidate")));
  }

  private Lineage lineage(int servingVersion, Start start) {
    return new Lineage(
        id,
        reason,
        servingVersion,
        snapshot.ranges(),
        data.train().size(),
        data.test().size(),
        splitRule,
        config.training().seed(),
        EffectiveConfiguration.of(config),
        CodeVersion.get(),
        start.kind());
  }

  private Manifest publish(RunRecord record, Path files) {
    CandidateFiles.write(record.candidate(), data.classes(), config.network().size(), files);
    reports.publish(record, files);
    Manifest draft =
        CandidateFiles.draft(
            config.model(),
            record.candidate(),
            data.classes(),
            config.network().framing(),
            record.lineage());
    Manifest published = services.publisher().publish(draft, files);
    emit(
        new TrainingEvent.Published(
            config.model(),
            id,
            Instant.now(),
            published.version(),
            published.files().stream().mapToLong(FileEntry::size).sum()));
    return published;
  }

  private Evaluation judge(ServingVersion serving) {
    return ServingJudge.judge(
        serving,
        data,
        pixels(serving.manifest().preprocessing().framing()),
        training,
        config.training().batchSize());
  }

  private PixelSource pixels(Framing framing) {
    return new StoredPixels(services.store(), services.images(), framing);
  }

  private void emit(TrainingEvent event) {
    services.listener().on(event);
  }

  @Override
  public void images(int epoch, int done, int of, double loss, double accuracy) {
    services.metrics().learned(done - learned);
    learned = done == of ? 0 : done;
    services.listener().progress(epoch, done, of, loss, accuracy);
  }

  @Override
  public void epoch(EpochResult result) {
    emit(
        new TrainingEvent.Epoch(
            config.model(),
            id,
            Instant.now(),
            result.epoch(),
            config.training().epochs(),
            result.learningRate(),
            result.train().loss(),
            result.train().accuracy(),
            result.test().loss(),
            result.test().accuracy(),
            result.best(),
            result.duration().toNanos() / 1e9));
    services.standing().check();
  }

  @Override
  public void halved() {
    services.metrics().halved();
  }
}
