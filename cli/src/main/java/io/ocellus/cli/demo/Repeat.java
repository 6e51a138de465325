package io.ocellus.cli.demo;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something at an interval, on a thread of its own, until closed. */
final class Repeat implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Repeat.class);

  private final ScheduledExecutorService thread;

  Repeat(String name, Duration interval, Runnable action) {
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, name);
              daemon.setDaemon(true);
              return daemon;
            });
    var unused =
        thread.scheduleAtFixedRate(
            () -> safely(action), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void safely(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      log.warn("Could not redraw", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
