package io.ocellus.cli.service;

import io.ocellus.config.EffectiveConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a service running in the foreground until the process is told to stop. */
final class Foreground {
  private static final Logger log = LoggerFactory.getLogger(Foreground.class);

  private Foreground() {}

  /**
   * Runs until SIGTERM or Ctrl-C, then lets the service finish before the process ends.
   *
   * @param name of the service, for people
   * @param configuration logged, without its secrets
   * @param start begins the service's work and returns
   */
  static void run(String name, Record configuration, AutoCloseable service, Runnable start)
      throws Exception {
    EffectiveConfiguration.of(configuration)
        .forEach((key, value) -> log.info("{}: {} = {}", name, key, value));
    try (StopSignal stop = StopSignal.listen(() -> log.info("The {} stops", name))) {
      try {
        start.run();
        log.info("The {} runs; Ctrl-C or SIGTERM stops it", name);
        stop.await();
      } finally {
        service.close();
      }
    }
  }
}
