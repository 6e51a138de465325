package io.ocellus.image.guard;

import io.ocellus.failure.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that whatever happens while one image is worked on stays that image's matter:
 *
 * <ul>
 *   <li>its work has a {@link TimeLimit}. Work that does not come back even when told is left
 *       behind with its thread, and bytes that did this once are refused from then on;
 *   <li>it reserves its part of the heap before it allocates it. What runs out of memory is done
 *       again alone, and is refused where that does not suffice;
 *   <li>bytes that were underway when the process died are worked on alone at the next start, and
 *       refused once that has happened twice.
 * </ul>
 *
 * <p>Safe for use by many threads at once.
 */
public final class ImageGuard implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ImageGuard.class);

  /** Threads that may be left behind before the process should end: half of the processors. */
  private static final int MOST_LEFT = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);

  private static final AtomicInteger THREAD_NUMBER = new AtomicInteger();

  private final HeapShare heap;
  private final Suspects suspects;
  private final Optional<Underway> underway;
  private final Executor threads;
  private final Watch watch;
  private final Set<Attempt<?>> left = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<String> exhausted = new CompletableFuture<>();

  ImageGuard(HeapShare heap, Suspects suspects, Optional<Underway> underway, Executor threads) {
    this.heap = heap;
    this.suspects = suspects;
    this.underway = underway;
    this.threads = threads;
    this.watch = new Watch(pool("ocellus-image-watch"), this::leave);
  }

  /** That forgets its suspects with the process: for commands. */
  public static ImageGuard inMemory() {
    return inMemory(pool("ocellus-image-"));
  }

  /**
   * The same, with the work on other threads.
   *
   * @param threads such as {@code Runnable::run}, whose caller then cannot be left behind
   */
  public static ImageGuard inMemory(Executor threads) {
    return new ImageGuard(new HeapShare(), Suspects.inMemory(), Optional.empty(), threads);
  }

  /**
   * That knows its suspects again after a restart: for services.
   *
   * @param folder of this process alone; it is created. Where it cannot be used, suspects are
   *     forgotten with the process and the log says so
   */
  public static ImageGuard in(Path folder) {
    try {
      Files.createDirectories(folder);
      Underway underway = Underway.open(folder.resolve("underway"));
      Suspects suspects = Suspects.in(folder.resolve("suspects"));
      suspects.died(underway.takeOver());
      return new ImageGuard(
          new HeapShare(), suspects, Optional.of(underway), pool("ocellus-image-"));
    } catch (IOException e) {
      log.warn(
          "After a crash, the image that caused it will not be recognised: {} cannot be used: {}",
          folder,
          e.toString());
      return inMemory();
    }
  }

  /** How many bytes of a heap of that size images may fill. */
  public static long shareOfHeap(long maxHeap) {
    return HeapShare.ofHeap(maxHeap);
  }

  /**
   * Does the work and waits for it.
   *
   * @param image the bytes that it is about
   * @param limit until the work knows better
   * @param bad what the work throws for a bad image
   * @throws GuardedException where it was refused or given up
   * @throws OutOfMemoryError where the heap lacks what the image may take, whatever the reason
   */
  public <T, E extends Exception> T run(
      byte[] image, TimeLimit limit, Class<E> bad, Work<T, E> work) throws E, GuardedException {
    if (underway.isEmpty() && exhausted.isDone()) {
      throw new IllegalStateException(exhausted.join());
    }
    boolean known = underway.isPresent() || !suspects.none();
    Fingerprint fingerprint = known ? Fingerprint.of(image) : Fingerprint.NONE;
    boolean suspected = !suspects.none() && refuseSuspect(fingerprint);
    Work<T, E> recorded = budget -> record(fingerprint, budget, work);
    boolean survived = true;
    try {
      return inTurn(image, limit, bad, recorded, suspected);
    } catch (OutOfMemoryError e) {
      survived = false;
      suspects.died(List.of(Fingerprint.of(image)));
      throw e;
    } finally {
      if (suspected && survived) {
        suspects.clear(fingerprint);
      }
    }
  }

  private <T, E extends Exception> T inTurn(
      byte[] image, TimeLimit limit, Class<E> bad, Work<T, E> work, boolean alone)
      throws E, GuardedException {
    try {
      return outcome(new Attempt<>(work, limit, heap, alone), image, bad);
    } catch (OutOfMemoryError e) {
      log.warn("Out of memory with an image of {} bytes; retrying it alone", image.length);
      return retry(new Attempt<>(work, limit, heap, true), image, bad);
    }
  }

  /** Whether the image is to be worked on alone, because a process died while it was underway. */
  private boolean refuseSuspect(Fingerprint image) throws GuardedException {
    if (suspects.neverEnds(image)) {
      throw new GuardedException(
          FailureReason.TOO_SLOW,
          "Decoding the same bytes exceeded its time limit before and could not be stopped");
    }
    int deaths = suspects.deaths(image);
    if (deaths >= Suspects.DEATHS) {
      throw new GuardedException(
          FailureReason.SUSPECT,
          "The process died %d times while these bytes were being decoded".formatted(deaths));
    }
    return deaths > 0;
  }

  private <T, E extends Exception> T record(Fingerprint image, Budget budget, Work<T, E> work)
      throws E {
    int slot = underway.isPresent() ? underway.get().begin(image) : -1;
    try {
      return work.run(budget);
    } finally {
      underway.ifPresent(file -> file.end(slot));
    }
  }

  private <T, E extends Exception> T retry(Attempt<T> alone, byte[] image, Class<E> bad)
      throws E, GuardedException {
    try {
      return outcome(alone, image, bad);
    } catch (OutOfMemoryError e) {
      if (!heap.holds(alone.wanted())) {
        throw e;
      }
      throw new GuardedException(
          FailureReason.OUT_OF_MEMORY,
          "Out of memory with a heap of %,d MiB, though no other image was being decoded: %s"
              .formatted(Runtime.getRuntime().maxMemory() >> 20, e.getMessage()));
    }
  }

  private <T, E extends Exception> T outcome(Attempt<T> attempt, byte[] image, Class<E> bad)
      throws E, GuardedException {
    watch.begin(attempt);
    try {
      threads.execute(attempt);
      return attempt.result().get();
    } catch (ExecutionException e) {
      if (left.contains(attempt)) {
        suspects.addEndless(Fingerprint.of(image));
      }
      throw failure(e.getCause(), bad);
    } catch (InterruptedException e) {
      attempt.end("its caller waits no longer");
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while an image was worked on");
    } finally {
      watch.end(attempt);
    }
  }

  private static <E extends Exception> GuardedException failure(Throwable thrown, Class<E> bad)
      throws E {
    if (thrown instanceof Budget.TimeOverException) {
      return new GuardedException(FailureReason.TOO_SLOW, "Given up after " + thrown.getMessage());
    }
    if (bad.isInstance(thrown)) {
      throw bad.cast(thrown);
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(thrown);
  }

  private synchronized void leave(Attempt<?> attempt) {
    left.removeIf(other -> !other.isLeftRunning());
    left.add(attempt);
    attempt.leave();
    log.error(
        "Decoding of an image exceeded its time limit and cannot be stopped; the image is refused."
            + " Threads left running: {}; the process ends at {}",
        left.size(),
        MOST_LEFT);
    if (left.size() >= MOST_LEFT) {
      exhausted.complete(
          "%d threads decode images that never end; only a restart of the process stops them"
              .formatted(left.size()));
    }
  }

  /** Threads that were left behind and are still busy. */
  public int threadsLeftBehind() {
    left.removeIf(attempt -> !attempt.isLeftRunning());
    return left.size();
  }

  /** Completes with the reason when so many threads are left behind that the process should end. */
  public CompletionStage<String> exhausted() {
    return exhausted.minimalCompletionStage();
  }

  /** Ends in good order: what is underway now is not suspected at the next start. */
  @Override
  public void close() {
    underway.ifPresent(
        file -> {
          try {
            file.close();
          } catch (IOException e) {
            log.debug("The file of images that are underway was not closed", e);
          }
        });
  }

  /** Threads that end where there is nothing to do for a while. */
  private static Executor pool(String name) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        Duration.ofSeconds(10).toMillis(),
        TimeUnit.MILLISECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, name + THREAD_NUMBER.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
