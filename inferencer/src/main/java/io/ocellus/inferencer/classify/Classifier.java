package io.ocellus.inferencer.classify;

import io.ocellus.config.ImageSettings;
import io.ocellus.failure.FailureReason;
import io.ocellus.image.BadImageException;
import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.inferencer.InferencerMetrics;
import io.ocellus.inferencer.serving.ServedModel;
import io.ocellus.inferencer.serving.Serving;
import io.ocellus.inferencer.serving.SingleThreaded;
import io.ocellus.service.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Classifies images on pools that all tasks of the JVM share: threads that decode, then a batcher,
 * then threads that run forward passes. An image is decoded for the version that serves at that
 * moment and runs on it, whatever is swapped in meanwhile.
 */
public final class Classifier implements AutoCloseable {
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final ImageReader reader;
  private final Serving serving;
  private final InferencerMetrics metrics;
  private final Batcher<Prepared> batcher;
  private final ForwardPass pass;
  private final ExecutorService decoding;
  private final List<Thread> forwarding = new ArrayList<>();

  /** Starts the pools. */
  public Classifier(
      ImageSettings images,
      InferencerConfig.Batch batch,
      InferencerConfig.Threads threads,
      Serving serving,
      InferencerMetrics metrics) {
    this.reader = new ImageReader(images);
    this.serving = serving;
    this.metrics = metrics;
    this.batcher = new Batcher<>(batch.maxSize(), batch.maxWait(), Prepared::model);
    this.pass = new ForwardPass(metrics);
    this.decoding =
        Executors.newFixedThreadPool(orProcessors(threads.decode()), named("ocellus-decode-"));
    ThreadFactory factory = named("ocellus-forward-");
    for (int i = orProcessors(threads.forward()); i > 0; i--) {
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
    decoding.execute(() -> decode(event, outcome));
    return outcome;
  }

  @Override
  public void close() {
    close(Deadline.in(FAREWELL));
  }

  /** Ends the pools and waits for them, no longer than this; what is in them is given up. */
  public void close(Deadline deadline) {
    decoding.shutdownNow();
    forwarding.forEach(Thread::interrupt);
    try {
      decoding.awaitTermination(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      for (Thread thread : forwarding) {
        deadline.join(thread);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void decode(ImageEvent event, CompletableFuture<Outcome> outcome) {
    try {
      ServedModel model = serving.acquire();
      try {
        if (event.nameTooLong()) {
          model.release();
          FailureReason reason = FailureReason.NAME_TOO_LONG;
          outcome.complete(new Outcome.Dead(model.manifest(), reason, reason.description()));
          return;
        }
        long began = System.nanoTime();
        float[] pixels = reader.pixels(event, model.manifest().preprocessing().framing());
        metrics.decoded(System.nanoTime() - began);
        batcher.add(new Prepared(pixels, model, outcome));
      } catch (BadImageException e) {
        model.release();
        outcome.complete(new Outcome.Dead(model.manifest(), e.reason(), e.getMessage()));
      } catch (RuntimeException | Error e) {
        model.release();
        throw e;
      }
    } catch (Throwable e) {
      outcome.completeExceptionally(e);
    }
  }

  private void forward() {
    SingleThreaded.here();
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

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
