package io.ocellus.benchmarks.serve;

import io.ocellus.benchmarks.FreshModel;
import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.testbed.Footprint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Publishes the same weights as one version after another, as a busy trainer would. */
final class Releases implements AutoCloseable {
  private final FreshModel model;
  private final CheckpointPublisher publisher;
  private final long everyMillis;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "releases"));

  /**
   * Publishes the first version.
   *
   * @param everySeconds from one version to the next, once they follow each other
   */
  Releases(FreshModel model, CheckpointPublisher publisher, double everySeconds) {
    this.model = model;
    this.publisher = publisher;
    this.everyMillis = (long) (everySeconds * 1e3);
    publish();
  }

  private int publish() {
    return publisher.publish(model.draft(), model.folder()).version();
  }

  /**
   * Lets version follow version while something else goes on.
   *
   * @param footprint of who serves them
   */
  List<Release> during(Runnable work, Supplier<Footprint> footprint) {
    List<Release> releases = new ArrayList<>();
    ScheduledFuture<?> series =
        clock.scheduleAtFixedRate(
            () -> {
              Footprint before = footprint.get();
              long began = System.nanoTime();
              releases.add(new Release(publish(), began, before));
            },
            everyMillis,
            everyMillis,
            TimeUnit.MILLISECONDS);
    work.run();
    try {
      if (series.isDone()) {
        series.get();
      }
      series.cancel(false);
      clock.submit(() -> {}).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A version could not be published", e.getCause());
    }
    return releases;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    publisher.close();
  }

  /**
   * One version.
   *
   * @param published when, as {@link System#nanoTime}
   * @param before what its readers held just before
   */
  record Release(int version, long published, Footprint before) {}
}
