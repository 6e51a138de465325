package io.ocellus.image;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls to the operating system that may never return, such as a read from a file system whose
 * server is gone. Each runs on a thread that is left behind when its time is over. While as many as
 * {@link #MOST_STUCK} of those have not come back, further calls fail at once; they go on when some
 * have.
 */
final class TimedCalls {
  static final int MOST_STUCK = 16;

  private final String name;
  private final AtomicInteger stuck = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool(this::thread);

  /**
   * @param name of what is called, for people and for threads' names
   */
  TimedCalls(String name) {
    this.name = name;
  }

  /** What may block. */
  interface Call<T> {
    T run() throws BadImageException, UnavailableException;
  }

  /**
   * What the call returns or throws.
   *
   * @throws UnavailableException also where it takes longer than this, or too many others do
   */
  <T> T within(Duration time, Call<T> call) throws BadImageException, UnavailableException {
    if (stuck.get() >= MOST_STUCK) {
      throw new UnavailableException(
          "%s does not answer: %d earlier attempts still wait for it".formatted(name, stuck.get()));
    }
    Stay stay = new Stay();
    FutureTask<T> task = new FutureTask<>(call::run);
    threads.execute(stay.around(task));
    try {
      return task.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new UnavailableException(
          "%s does not answer within %d ms".formatted(name, time.toMillis()));
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while waiting for " + name);
    } finally {
      stay.left();
      task.cancel(true);
    }
  }

  /** One call, which counts as stuck from when it was left until it has ended. */
  private final class Stay {
    private boolean left;
    private boolean ended;

    synchronized void left() {
      left = true;
      if (!ended) {
        stuck.incrementAndGet();
      }
    }

    Runnable around(Runnable work) {
      return () -> {
        try {
          work.run();
        } finally {
          ended();
        }
      };
    }

    private synchronized void ended() {
      ended = true;
      if (left) {
        stuck.decrementAndGet();
      }
    }
  }

  private static RuntimeException unwrapped(Throwable cause)
      throws BadImageException, UnavailableException {
    if (cause instanceof BadImageException bad) {
      throw bad;
    }
    if (cause instanceof UnavailableException unavailable) {
      throw unavailable;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(cause);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "ocellus-fetch-from-" + name);
    thread.setDaemon(true);
    return thread;
  }
}
