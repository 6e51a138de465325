package io.ocellus.cli;

import io.ocellus.config.EffectiveConfiguration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a service running in the foreground until the process is told to stop. */
final class Foreground {
  private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);

  private Foreground() {}

  /** Starts a service that a stop of the process closes. */
  interface Start {
    /** Begins to work and returns. */
    AutoCloseable start() throws Exception;
  }

  /**
   * Runs until SIGTERM or Ctrl-C, then lets the service finish before the process ends.
   *
   * @param name of the service, for people
   * @param configuration logged, without its secrets
   */
  static void run(String name, Record configuration, Start start) throws Exception {
    EffectiveConfiguration.of(configuration)
        .forEach((key, value) -> LOG.info("{}: {} = {}", name, key, value));
    CountDownLatch stopping = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopping, stopped), "stop"));
    try {
      AutoCloseable service = start.start();
      LOG.info("The {} runs; Ctrl-C or SIGTERM stops it", name);
      stopping.await();
      LOG.info("The {} stops", name);
      service.close();
    } finally {
      stopped.countDown();
    }
  }

  private static void stop(CountDownLatch stopping, CountDownLatch stopped) {
    stopping.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
