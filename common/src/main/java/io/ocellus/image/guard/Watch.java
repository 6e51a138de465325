package io.ocellus.image.guard;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Looks at what is underway every few milliseconds, on a thread of its own while there is any. */
final class Watch implements Runnable {
  static final Duration PACE = Duration.ofMillis(20);

  /** Looks without anything to look at before the thread ends. */
  private static final int IDLE_LOOKS = 50;

  private final Executor threads;
  private final Consumer<Attempt<?>> stuck;
  private final Set<Attempt<?>> underway = ConcurrentHashMap.newKeySet();
  private boolean watching;

  /**
   * @param stuck is told of an attempt that does not come back, once
   */
  Watch(Executor threads, Consumer<Attempt<?>> stuck) {
    this.threads = threads;
    this.stuck = stuck;
  }

  void begin(Attempt<?> attempt) {
    underway.add(attempt);
    synchronized (this) {
      if (!watching) {
        watching = true;
        threads.execute(this);
      }
    }
  }

  void end(Attempt<?> attempt) {
    underway.remove(attempt);
  }

  @Override
  public void run() {
    for (int idle = 0; !mayStop(idle); idle = underway.isEmpty() ? idle + 1 : 0) {
      LockSupport.parkNanos(PACE.toNanos());
      underway.stream().filter(Attempt::isStuck).forEach(this::giveUp);
    }
  }

  private void giveUp(Attempt<?> attempt) {
    if (underway.remove(attempt)) {
      stuck.accept(attempt);
    }
  }

  private synchronized boolean mayStop(int idle) {
    if (idle >= IDLE_LOOKS && underway.isEmpty()) {
      watching = false;
    }
    return !watching;
  }
}
