package io.ocellus.inferencer.rollout;

import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointFollower;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Refusal;
import io.ocellus.checkpoint.RefusedCheckpointException;
import io.ocellus.inferencer.InferencerListener;
import io.ocellus.inferencer.InferencerMetrics;
import io.ocellus.inferencer.serving.LoadedNetwork;
import io.ocellus.inferencer.serving.ServedModel;
import io.ocellus.inferencer.serving.Serving;
import io.ocellus.inferencer.serving.WarmUp;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings checkpoints into service, on the thread that follows them: loads, warms up and only then
 * swaps, so that the stream never waits and what fails on the way never serves.
 */
public final class Rollout implements CheckpointFollower.Listener {
  private static final Logger log = LoggerFactory.getLogger(Rollout.class);

  private final Loader loader;
  private final WarmUp warmUp;
  private final Serving serving;
  private final InferencerMetrics metrics;
  private final InferencerListener listener;

  /** Makes a network of a checkpoint's files. */
  @FunctionalInterface
  public interface Loader {
    LoadedNetwork load(Checkpoint checkpoint) throws Exception;
  }

  /**
   * @param listener told after each swap and refusal
   */
  public Rollout(
      Loader loader,
      WarmUp warmUp,
      Serving serving,
      InferencerMetrics metrics,
      InferencerListener listener) {
    this.loader = loader;
    this.warmUp = warmUp;
    this.serving = serving;
    this.metrics = metrics;
    this.listener = listener;
  }

  @Override
  public void arrived(Checkpoint checkpoint) {
    long began = System.nanoTime();
    ServedModel model = warm(checkpoint);
    serving.swap(model);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    Manifest manifest = checkpoint.manifest();
    Duration sincePublication = Duration.between(checkpoint.published(), Instant.now());
    metrics.serving(manifest, took, sincePublication);
    log.info(
        "Version {} of model {} serves on {}: loaded and warmed up in {} ms",
        manifest.version(),
        manifest.model(),
        model.engine(),
        took.toMillis());
    listener.serving(manifest, sincePublication);
    // Not before: threads that the listener starts have their priority from this one.
    LowPriority.here();
  }

  @Override
  public void refused(Refusal refusal) {
    metrics.refused(refusal);
    listener.refused(refusal);
  }

  private ServedModel warm(Checkpoint checkpoint) {
    ServedModel model = load(checkpoint);
    try {
      warmUp.run(model);
      return model;
    } catch (RuntimeException | Error e) {
      model.release();
      throw refusal(checkpoint, Refusal.Reason.WARM_UP_FAILED, e);
    }
  }

  private ServedModel load(Checkpoint checkpoint) {
    try {
      LoadedNetwork network = loader.load(checkpoint);
      metrics.loaded();
      return new ServedModel(checkpoint.manifest(), network, metrics::freed);
    } catch (RefusedCheckpointException e) {
      throw e;
    } catch (Exception | Error e) {
      throw refusal(checkpoint, Refusal.Reason.LOAD_FAILED, e);
    }
  }

  private static RefusedCheckpointException refusal(
      Checkpoint checkpoint, Refusal.Reason reason, Throwable cause) {
    Manifest manifest = checkpoint.manifest();
    RefusedCheckpointException refused =
        new RefusedCheckpointException(
            new Refusal(manifest.model(), manifest.version(), reason, String.valueOf(cause)));
    refused.initCause(cause);
    return refused;
  }
}
