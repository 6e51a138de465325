package io.ocellus.cli.service;

import io.ocellus.config.EffectiveConfiguration;
import io.ocellus.service.Service;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a service running in the foreground until the process is told to stop, or until the service
 * has given up.
 */
final class Foreground {
  private static final Logger log = LoggerFactory.getLogger(Foreground.class);

  private Foreground() {}

  /**
   * Runs until SIGTERM or Ctrl-C, then lets the service finish before the process ends.
   *
   * @param name of the service, for people
   * @param configuration logged, without its secrets
   * @param made makes the service; nothing of it is there before signals are handled
   * @param patience how long the service may take to stop
   * @throws GaveUpException where the service gave up by itself; it is closed then
   */
  static void run(String name, Record configuration, Supplier<Service> made, Duration patience)
      throws InterruptedException {
    EffectiveConfiguration.of(configuration)
        .forEach((key, value) -> log.info("{}: {} = {}", name, key, value));
    Start start = new Start();
    try (StopSignal stop = StopSignal.listen(patience, () -> stop(name, start))) {
      Optional<String> gaveUp = Optional.empty();
      Service service = made.get();
      try {
        if (start.of(service)) {
          log.info("The {} runs; Ctrl-C or SIGTERM stops it", name);
          gaveUp = stop.awaitOr(service.gaveUp());
        }
      } finally {
        service.close();
      }
      if (gaveUp.isPresent()) {
        throw new GaveUpException(name, gaveUp.get());
      }
    }
  }

  private static void stop(String name, Start start) {
    log.info("The {} stops", name);
    start.cancel();
  }
}
