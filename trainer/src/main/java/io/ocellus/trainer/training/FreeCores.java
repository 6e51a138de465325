package io.ocellus.trainer.training;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * How many cores this process would get if it wanted all of them, seen by wanting all of them for
 * some milliseconds. The load that the system reports would not tell: a container does not see its
 * neighbours, and its quota is not a matter of cores. Other threads of this process are no
 * neighbours, so it is the CPU time of the whole process that counts.
 */
final class FreeCores implements AutoCloseable {
  /** Longer than a time slice of Linux's scheduler, of which a neighbour gets every other one. */
  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(8);

  /**
   * A moment's disturbance, such as the pause of a container at its quota, ends before the last.
   */
  private static final int WINDOWS = 3;

  /** A core counts as free from here on: small work of the system is no neighbour. */
  private static final double FREE = 0.8;

  private final int cores;
  private final ExecutorService others;

  FreeCores(int cores) {
    this.cores = cores;
    this.others =
        Executors.newFixedThreadPool(
            Math.max(1, cores - 1),
            work -> {
              Thread made = new Thread(work, "ocellus-free-cores");
              made.setDaemon(true);
              return made;
            });
  }

  /** How many, from 1 to all; takes 8 ms where all are free, else 24 ms. */
  int count() {
    if (Platform.isWindows()) {
      return cores;
    }
    int most = 1;
    for (int window = 0; window < WINDOWS && most < cores; window++) {
      most = Math.max(most, Math.min(cores, (int) (share() + 1 - FREE)));
    }
    return most;
  }

  /** CPU time of this process over one window, in windows. */
  private double share() {
    long begun = System.nanoTime();
    long cpu = cpuNanos();
    long end = begun + WINDOW_NANOS;
    for (int i = 1; i < cores; i++) {
      others.execute(() -> spin(end));
    }
    spin(end);
    return (cpuNanos() - cpu) / (double) (System.nanoTime() - begun);
  }

  private static void spin(long end) {
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static long cpuNanos() {
    return TimeUnit.MICROSECONDS.toNanos(Clock.CLOCK.invokeLong(new Object[0]));
  }

  /**
   * C's {@code clock()}, microseconds on POSIX systems; Java's own tells whole ticks of 10 ms,
   * longer than a window.
   */
  private static final class Clock {
    static final Function CLOCK = NativeLibrary.getProcess().getFunction("clock");
  }

  @Override
  public void close() {
    others.shutdownNow();
  }
}
