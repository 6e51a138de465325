package io.ocellus.trainer.training;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.ocellus.service.HiddenCaches;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PyTorch's number of threads for a thread that trains on the CPU: one for each core that is free,
 * or what {@code OMP_NUM_THREADS} says.
 *
 * <p>OpenMP's threads meet at a barrier after each operation, so the slowest one sets the pace: two
 * threads on two cores of which another process keeps one busy are about five times as slow as one
 * thread. docs/benchmarks.md has figures.
 */
public final class CpuThreads implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CpuThreads.class);

  /** After a change; from look to look it doubles. */
  private static final long SOONEST = TimeUnit.MILLISECONDS.toNanos(500);

  /** So seldom that looking costs some thousandths of the time. */
  private static final long SELDOM = TimeUnit.SECONDS.toNanos(6);

  /** While cores are missing, to be back soon when they are free. */
  private static final long SELDOM_WITH_FEWER = TimeUnit.SECONDS.toNanos(2);

  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final boolean CHOSEN = System.getenv("OMP_NUM_THREADS") != null;

  private final boolean chosen;
  private final FreeCores cores = new FreeCores(CORES);
  private boolean doubtful;
  private long interval = SOONEST;
  private long due = System.nanoTime();

  CpuThreads() {
    this(CHOSEN);
  }

  CpuThreads(boolean chosen) {
    this.chosen = chosen;
  }

  /**
   * Gives the calling thread one per core. It must be said, because a thread that never said so
   * takes the number that was said last anywhere in the process, and an inferencer in the same JVM
   * says one.
   */
  public static void all() {
    Engine.getInstance();
    HiddenCaches.heed();
    if (!CHOSEN) {
      JniUtils.setNumThreads(CORES);
    }
  }

  /**
   * Before a step of the calling thread: every few seconds, looks how many cores are free. Fewer
   * than before must be seen before two steps in a row, so that something short changes nothing.
   */
  void adapt() {
    if (chosen || CORES == 1 || System.nanoTime() - due < 0) {
      return;
    }
    int threads = JniUtils.getNumThreads();
    int free = cores.count();
    doubtful = free < threads && !doubtful;
    if (doubtful) {
      return;
    }
    long longest = free == CORES ? SELDOM : SELDOM_WITH_FEWER;
    interval = free == threads ? Math.min(2 * interval, longest) : SOONEST;
    due = System.nanoTime() + interval;
    if (free != threads) {
      log.debug("Training uses {} of {} threads", free, CORES);
      // Not said where it is so already: PyTorch then forgets what it has prepared for each
      // convolution.
      JniUtils.setNumThreads(free);
    }
  }

  @Override
  public void close() {
    cores.close();
  }
}
