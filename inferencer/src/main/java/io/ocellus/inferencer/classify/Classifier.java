package io.ocellus.inferencer.classify;

import io.ocellus.failure.FailureReason;
import io.ocellus.image.BadImageException;
import io.ocellus.image.guard.ImageGuard;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.inferencer.InferencerMetrics;
import io.ocellus.inferencer.serving.ServedModel;
import io.ocellus.inferencer.serving.Serving;
import io.ocellus.service.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Classifies images on pools that all tasks of the JVM share: threads that fetch what is elsewhere,
 * threads that decode, then a batcher, then threads that run forward passes. An image is decoded
 * for the version that serves at that moment and runs on it, whatever is swapped in meanwhile.
 */
public final class Classifier implements AutoCloseable {
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final ImageGuard guard;
  private final ImageReader reader;
  private final Deadlines deadlines;
  private final Serving serving;
  private final InferencerMetrics metrics;
  private final Batcher<Prepared> batcher;
  private final ForwardPass pass;
  private final ThreadPoolExecutor fetching;
  private final ThreadPoolExecutor decoding;
  private final List<Thread> forwarding = new ArrayList<>();

  /** Starts the pools. */
  public Classifier(InferencerConfig config, Serving serving, InferencerMetrics metrics) {
    InferencerConfig.Batch batch = config.batch();
    InferencerConfig.Threads threads = config.threads();
    this.guard = ImageGuard.in(config.stateDir().resolve("images"));
    this.reader = new ImageReader(config.image(), guard);
    this.deadlines = new Deadlines(config.maxAge());
    this.serving = serving;
    this.metrics = metrics;
    int forwardThreads = orProcessors(threads.forward());
    this.batcher =
        new Batcher<>(
            image -> Math.min(batch.maxSize(), image.model().atATime()),
            image -> image.model().sideBySide() ? forwardThreads : 1,
            batch.maxWait(),
            Prepared::model);
    this.pass = new ForwardPass(metrics);
    this.fetching = pool(threads.fetch(), "ocellus-fetch-");
    this.decoding = pool(orProcessors(threads.decode()), "ocellus-decode-");
    metrics.threadsLeftBehind(guard::threadsLeftBehind);
    metrics.queue("fetch", fetching.getQueue()::size);
    metrics.queue("decode", decoding.getQueue()::size);
    metrics.queue("forward", batcher::size);
    ThreadFactory factory = named("ocellus-forward-");
    for (int i = forwardThreads; i > 0; i--) {
      Thread thread = factory.newThread(this::forward);
      forwarding.add(thread);
      thread.start();
    }
  }

  /**
   * Begins to classify an image and returns at once. The outcome fails only for faults that are
   * none of the image's.
   */
  CompletableFuture<Outcome> classify(ImageEvent event) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    if (event.nameTooLong()) {
      FailureReason reason = FailureReason.NAME_TOO_LONG;
      decoding.execute(attempt(outcome, () -> dead(outcome, reason, reason.description())));
    } else if (reader.isElsewhere(event)) {
      fetching.execute(attempt(outcome, () -> fetch(event, outcome)));
    } else {
      toDecode(outcome, () -> decode(event, reader.bytes(event), outcome));
    }
    return outcome;
  }

  /** Completes with the reason when images keep so many threads that the process should end. */
  public CompletionStage<String> exhausted() {
    return guard.exhausted();
  }

  @Override
  public void close() {
    close(Deadline.in(FAREWELL));
  }

  /** Ends the pools and waits for them, no longer than this; what is in them is given up. */
  public void close(Deadline deadline) {
    fetching.shutdownNow();
    decoding.shutdownNow();
    forwarding.forEach(Thread::interrupt);
    try {
      fetching.awaitTermination(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      decoding.awaitTermination(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      for (Thread thread : forwarding) {
        deadline.join(thread);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      guard.close();
    }
  }

  private interface Step {
    void run() throws BadImageException;
  }

  /** Whatever goes wrong on the way, the image has an outcome. */
  private Runnable attempt(CompletableFuture<Outcome> outcome, Step step) {
    return () -> {
      try {
        try {
          step.run();
        } catch (BadImageException e) {
          dead(outcome, e.reason(), e.getMessage());
        }
      } catch (Throwable e) {
        outcome.completeExceptionally(e);
      }
    };
  }

  /** The batcher knows of an image from here on, and may wait for it. */
  private void toDecode(CompletableFuture<Outcome> outcome, Step step) {
    batcher.expect();
    Runnable attempt = attempt(outcome, step);
    decoding.execute(
        () -> {
          try {
            attempt.run();
          } finally {
            batcher.expected();
          }
        });
  }

  private void dead(CompletableFuture<Outcome> outcome, FailureReason reason, String message) {
    ServedModel model = serving.acquire();
    model.release();
    outcome.complete(new Outcome.Dead(model.manifest(), reason, message));
  }

  private void fetch(ImageEvent event, CompletableFuture<Outcome> outcome)
      throws BadImageException {
    long began = System.nanoTime();
    try {
      byte[] encoded = reader.bytes(event);
      toDecode(outcome, () -> decode(event, encoded, outcome));
    } finally {
      metrics.fetched(Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private void decode(ImageEvent event, byte[] encoded, CompletableFuture<Outcome> outcome)
      throws BadImageException {
    Instant deadline = deadlines.of(event);
    Instant now = Instant.now();
    ServedModel model = serving.acquire();
    if (!now.isBefore(deadline)) {
      model.release();
      outcome.complete(new Outcome.Skipped(model.manifest(), deadline, now));
      return;
    }
    try {
      long began = System.nanoTime();
      byte[] levels = reader.levels(encoded, model.manifest().preprocessing().framing());
      metrics.decoded(Duration.ofNanos(System.nanoTime() - began));
      batcher.add(new Prepared(levels, model, deadline, outcome));
    } catch (BadImageException | RuntimeException | Error e) {
      model.release();
      throw e;
    }
  }

  private void forward() {
    try {
      while (true) {
        pass.run(batcher.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int orProcessors(int threads) {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  /** Threads that end where there is nothing to do for a while. */
  private static ThreadPoolExecutor pool(int threads, String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
