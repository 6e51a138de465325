package io.ocellus.image.guard;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One run of the work of one image, on a thread that its caller does not need. A {@link Watch}
 * looks at it from outside: when its time is over, the work is told; when it still does not come
 * back, it is left behind with its thread.
 *
 * @param <T> what becomes of the image
 */
final class Attempt<T> implements Runnable, Budget {
  /** Looks after its time is over, for the work to notice. */
  private static final int GRACE = (int) Duration.ofMillis(500).dividedBy(Watch.PACE);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Work<T, ?> work;
  private final HeapShare heap;
  private final boolean alone;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final AtomicInteger reserved = new AtomicInteger();

  /** Of the watch, since it began or last waited: the time in which this process was running. */
  private final AtomicInteger looks = new AtomicInteger();

  private volatile long wanted;
  private volatile Thread thread;
  private volatile long cpuBegan;
  private volatile TimeLimit limit;
  private volatile String over = "";
  private volatile boolean waiting;
  private volatile boolean left;

  /**
   * @param limit until the work says otherwise
   * @param alone while no other image is worked on
   */
  Attempt(Work<T, ?> work, TimeLimit limit, HeapShare heap, boolean alone) {
    this.work = work;
    this.limit = limit;
    this.heap = heap;
    this.alone = alone;
  }

  CompletableFuture<T> result() {
    return result;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked")
  public void run() {
    begin();
    try {
      if (alone) {
        hold(heap::acquireAll);
      }
      result.complete(work.run(this));
    } catch (Throwable e) {
      result.completeExceptionally(e);
    } finally {
      release();
      thread = null;
    }
  }

  private void begin() {
    cpuBegan = THREADS.getCurrentThreadCpuTime();
    thread = Thread.currentThread();
  }

  @Override
  public boolean isOver() {
    return !over.isEmpty();
  }

  @Override
  public void check() {
    if (isOver()) {
      throw new TimeOverException(over);
    }
  }

  @Override
  public void limit(TimeLimit known) {
    limit = known;
  }

  @Override
  public void reserve(long bytes) {
    wanted = bytes;
    if (!alone) {
      hold(() -> heap.acquire(bytes));
    }
    check();
  }

  /** How much of the heap the work asked for, in bytes. */
  long wanted() {
    return wanted;
  }

  private interface Acquisition {
    int acquire();
  }

  /** What is acquired after the work was left behind is given back at once. */
  private void hold(Acquisition acquisition) {
    waiting = true;
    try {
      reserved.set(acquisition.acquire());
    } finally {
      looks.set(0);
      waiting = false;
    }
    if (left) {
      release();
    }
  }

  private void release() {
    int held = reserved.getAndSet(0);
    if (held > 0) {
      heap.release(held);
    }
  }

  /**
   * Looks whether its time is over, and tells it.
   *
   * @return whether it should have come back by now and has not
   */
  boolean isStuck() {
    Thread working = thread;
    if (working == null || waiting || result.isDone()) {
      return false;
    }
    int seen = looks.incrementAndGet();
    if (isOver()) {
      return seen > GRACE;
    }
    long cpu = THREADS.getThreadCpuTime(working.getId()) - cpuBegan;
    long wall = Watch.PACE.multipliedBy(seen).toNanos();
    if (cpu > limit.cpu().toNanos() || wall > limit.wall().toNanos()) {
      end(
          "%.1f s of CPU time in %.1f s, %.1f s are allowed"
              .formatted(cpu / 1e9, wall / 1e9, limit.cpu().toNanos() / 1e9));
    }
    return false;
  }

  /** Makes the work come back as soon as it notices. */
  void end(String why) {
    looks.set(0);
    over = why;
  }

  /** Its caller waits no longer; its thread goes on for as long as it likes. */
  void leave() {
    left = true;
    release();
    result.completeExceptionally(new TimeOverException(over));
  }

  /** Whether it was left behind and its thread is still busy. */
  boolean isLeftRunning() {
    return left && thread != null;
  }
}
