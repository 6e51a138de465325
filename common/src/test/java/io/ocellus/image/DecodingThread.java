package io.ocellus.image;

import io.ocellus.failure.FailureReason;
import io.ocellus.image.Bounded.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread on which images are decoded and resized, and which need not be waited for. */
final class DecodingThread {
  private static final Logger log = LoggerFactory.getLogger(DecodingThread.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ImageLimits limits;
  private final CostBudget budget;
  private final BlockingQueue<Run> runs = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::work, "decoding");

  DecodingThread(ImageLimits limits, CostBudget budget) {
    this.limits = limits;
    this.budget = budget;
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins with an image; to be called when the one before has ended. */
  Run start(byte[] bytes) {
    Run run = new Run(bytes);
    runs.add(run);
    return run;
  }

  /**
   * Ends it, whatever it does. {@link Thread#stop} is the only way to end a loop in a decoder, so
   * that it does not take a core from the images after it; where there is no such way any more, the
   * thread is left.
   */
  @SuppressWarnings({"deprecation", "removal"})
  void end() {
    thread.interrupt();
    try {
      thread.join(100);
      if (thread.isAlive()) {
        thread.stop();
        thread.join(PATIENCE.toMillis());
      }
    } catch (UnsupportedOperationException e) {
      log.warn("A thread is left with an image that it does not come back from");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    Meter meter = new Meter(budget);
    ImageUses uses = new ImageUses(limits, meter);
    try {
      while (true) {
        runs.take().run(uses, meter);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One image. */
  final class Run {
    private final byte[] bytes;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Meter meter;
    private volatile Verdict verdict;
    private String lastSeen = "?";

    private Run(byte[] bytes) {
      this.bytes = bytes;
    }

    /** Whether it ends within that time; looks where it is, if not. */
    boolean ends(Duration patience) throws InterruptedException {
      if (done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      lastSeen = Breach.where(thread.getStackTrace());
      return false;
    }

    Verdict verdict() {
      return verdict;
    }

    /** What it has broken by that much, while it has not ended. */
    Optional<Breach> breach(int times) {
      Meter running = meter;
      if (running == null) {
        return Optional.empty();
      }
      try {
        running.check(running.spent(), times);
        return Optional.empty();
      } catch (Meter.OverBudget e) {
        return Optional.of(over(e, ", given up"));
      }
    }

    Breach stuck(String after) {
      return new Breach(Breach.Type.TIME, "a wait", lastSeen, "no end after " + after);
    }

    /** Where it left no memory to the thread that waits. */
    Breach exhausted(OutOfMemoryError e) {
      return new Breach(Breach.Type.THROWN, "OutOfMemoryError meanwhile", lastSeen, e.toString());
    }

    Optional<Meter.Cost> cost() {
      return Optional.ofNullable(verdict).map(ended -> meter.most());
    }

    private Breach over(Meter.OverBudget e, String more) {
      return new Breach(e.type, meter.use(), lastSeen, e.getMessage() + more);
    }

    private void run(ImageUses uses, Meter used) {
      meter = used;
      verdict = verdict(uses);
      done.countDown();
    }

    private Verdict verdict(ImageUses uses) {
      try {
        uses.run(bytes);
        return new Verdict(Optional.empty(), Optional.empty());
      } catch (BadImageException e) {
        return refused(e);
      } catch (Meter.OverBudget e) {
        return broken(over(e, ""));
      } catch (ThreadDeath e) {
        throw e;
      } catch (Throwable e) {
        return broken(thrown(e));
      }
    }

    private Verdict refused(BadImageException e) {
      FailureReason reason = e.reason();
      boolean fine = DecodingReasons.allow(reason, bytes, limits) && !e.getMessage().isEmpty();
      return fine ? new Verdict(Optional.of(reason), Optional.empty()) : broken(thrown(e));
    }

    private Breach thrown(Throwable e) {
      String where = Breach.where(e.getStackTrace());
      String use = meter.use() + ", " + e.getClass().getSimpleName();
      return new Breach(
          Breach.Type.THROWN, use, where, e.toString().lines().findFirst().orElse(""));
    }

    private static Verdict broken(Breach breach) {
      return new Verdict(Optional.empty(), Optional.of(breach));
    }
  }
}
