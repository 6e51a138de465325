package io.ocellus.trainer;

import io.ocellus.checkpoint.FencedTrainerException;
import io.ocellus.file.Folders;
import io.ocellus.trainer.data.Dataset;
import io.ocellus.trainer.data.GroupSplit;
import io.ocellus.trainer.data.LabelFollower;
import io.ocellus.trainer.data.Side;
import io.ocellus.trainer.data.Snapshot;
import io.ocellus.trainer.data.StoreException;
import io.ocellus.trainer.training.CpuThreads;
import io.ocellus.trainer.training.RunFolder;
import io.ocellus.trainer.training.TrainingInterruptedException;
import io.ocellus.trainer.trigger.Reason;
import io.ocellus.trainer.trigger.RetrainTrigger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that trains: one run at a time, whenever one is due and the images suffice. */
final class Retraining implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Retraining.class);
  private static final long LOOK_MILLIS = 100;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final TrainerConfig config;
  private final Run.Services services;
  private final LabelFollower labels;
  private final RetrainTrigger trigger;
  private final GroupSplit split;
  private final Thread thread = new Thread(this::run, "ocellus-training");
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Consumer<String> gaveUp;
  private boolean hasCheckpoint;
  private String waitingFor = "";
  private long lookedAt = -1;
  private volatile String stopped = "";
  private boolean fenced;

  Retraining(
      TrainerConfig config,
      Run.Services services,
      LabelFollower labels,
      RetrainTrigger trigger,
      Consumer<String> gaveUp) {
    this.gaveUp = gaveUp;
    this.config = config;
    this.services = services;
    this.labels = labels;
    this.trigger = trigger;
    this.split = new GroupSplit(config.split().testFraction());
  }

  void start(boolean checkpointExists) {
    hasCheckpoint = checkpointExists;
    if (RunFolder.isBegun(Run.unfinished(config))) {
      trigger.request(Reason.INTERRUPTED.tag());
    }
    thread.start();
  }

  /** Why no more runs will start; empty while they do. */
  Optional<String> stopped() {
    return stopped.isEmpty() ? Optional.empty() : Optional.of(stopped);
  }

  private void run() {
    CpuThreads.all();
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && stopped.isEmpty()) {
        if (labels.failure().isPresent()) {
          stop(config.model(), labels.failure().get());
        } else {
          services.standing().check();
          if (labels.caughtUp()) {
            look();
          }
        }
      }
    } catch (InterruptedException e) {
      log.debug("Closed", e);
    } catch (FencedTrainerException e) {
      fenced(config.model(), e);
    } catch (StoreException e) {
      stop(config.model(), e.getMessage());
    } catch (Throwable e) {
      log.error("No more runs start", e);
      stop(config.model(), String.valueOf(e));
    }
  }

  private void look() {
    long newLabels = services.store().newLabels();
    Optional<String> due = trigger.due(Instant.now(), hasCheckpoint, newLabels);
    if (due.isEmpty() || services.store().revision() == lookedAt) {
      return;
    }
    long revision = services.store().revision();
    Snapshot snapshot = services.store().snapshot(config.topics().topics().labelledImages());
    Dataset data = divide(snapshot);
    Optional<String> missing = data.whyNotEnough(snapshot.entries().values());
    if (missing.isPresent()) {
      lookedAt = revision;
      waiting(missing.get());
    } else {
      lookedAt = -1;
      waitingFor = "";
      begin(due.get(), data, snapshot);
    }
  }

  private Dataset divide(Snapshot snapshot) {
    Map<String, Side> pins = new HashMap<>(snapshot.pins());
    Map<String, Side> added = split.pins(snapshot.entries().values(), pins);
    if (!added.isEmpty()) {
      services.store().pin(added);
      pins.putAll(added);
    }
    return Dataset.of(snapshot.entries(), split.sides(snapshot.entries().values(), pins));
  }

  private void begin(String reason, Dataset data, Snapshot snapshot) {
    String id =
        "%s-%s-%s"
            .formatted(
                config.model(),
                STAMP.format(Instant.now()),
                UUID.randomUUID().toString().substring(0, 4));
    trigger.begun(Instant.now(), reason);
    Path folder = config.stateDir().resolve("runs").resolve(id);
    try {
      Run run = new Run(id, reason, config, services, data, snapshot, split.rule());
      if (run.carryOut(folder).isPresent()) {
        hasCheckpoint = true;
      }
      Folders.clear(Run.unfinished(config));
      trigger.ended();
    } catch (TrainingInterruptedException e) {
      services
          .listener()
          .on(
              new TrainingEvent.Stopped(
                  config.model(), id, Instant.now(), "The trainer stops in the middle of the run"));
      return;
    } catch (FencedTrainerException e) {
      fenced(id, e);
    } catch (StoreException e) {
      stop(id, e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      log.error("Run {} failed", id, e);
      trigger.failed(Instant.now());
      fail(id, e.getMessage());
    } finally {
      Folders.clear(folder);
      services.metrics().ended();
    }
    if (stopped.isEmpty()) {
      services.store().markRun(snapshot.changes());
      services.metrics().newLabels(services.store().newLabels());
    }
  }

  private void waiting(String message) {
    if (!message.equals(waitingFor)) {
      waitingFor = message;
      services
          .listener()
          .on(new TrainingEvent.Waiting(config.model(), config.model(), Instant.now(), message));
    }
  }

  private void fail(String run, String message) {
    services.listener().on(new TrainingEvent.Failed(config.model(), run, Instant.now(), message));
  }

  private void fenced(String run, FencedTrainerException e) {
    fenced = true;
    stop(run, e.getMessage());
  }

  private void stop(String run, String why) {
    stopped = why;
    fail(run, why);
    if (!fenced) {
      gaveUp.accept(why);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(60));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
