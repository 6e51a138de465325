package io.ocellus.topic;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * A time in which a broker cannot be reached, or Kafka's clients say so: one line when it has
 * lasted for some seconds, one each minute, one when it is over.
 */
final class Outage {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

  /** Clients try about once a second; those that do not for so long need no connection there. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(10);

  private static final int MANY_REPORTS = 3;

  private final String where;
  private final Logger log;
  private final long began;
  private long reported;
  private long reports;
  private String report = "";
  private Optional<Long> said = Optional.empty();
  private boolean unreachable;

  /**
   * @param where for people: the setting or the address
   * @param now nanoseconds of {@link System#nanoTime}
   */
  Outage(String where, Logger log, long now) {
    this.where = where;
    this.log = log;
    this.began = now;
    this.reported = now;
  }

  /** A client of Kafka could not connect. */
  synchronized void report(String message, long now) {
    report = message;
    reported = now;
    reports++;
  }

  /**
   * Takes notice of what a probe found.
   *
   * @return whether the outage goes on
   */
  synchronized boolean observe(Optional<BrokerProbe.Problem> problem, long now) {
    if (problem.isPresent()) {
      reports = 0; // only those count that come while a broker answers
      boolean wanted = said.isEmpty() || since(reported, now).compareTo(BETWEEN_LINES) < 0;
      if (wanted) {
        say(problem.get().text(), "Check the address and that Kafka runs there", now);
        unreachable |= said.isPresent();
      }
      return wanted;
    }
    return unreachable ? over(now) : answersAndIsReported(now);
  }

  private boolean over(long now) {
    log.info("{} answers again after {} s", where, since(began, now).toSeconds());
    return false;
  }

  /** A broker is there, and clients lose their connections nevertheless. */
  private boolean answersAndIsReported(long now) {
    if (since(reported, now).compareTo(FORGOTTEN) > 0) {
      if (said.isPresent()) {
        log.info("Connections to {} are no longer refused", where);
      }
      return false;
    }
    if (reports >= MANY_REPORTS) {
      say(
          report,
          "A broker answers there: check kafka.security.protocol, kafka.sasl.* and kafka.ssl.*",
          now);
    }
    return reports > 0;
  }

  private void say(String problem, String remedy, long now) {
    boolean due =
        said.map(last -> since(last, now).compareTo(BETWEEN_LINES) >= 0)
            .orElseGet(() -> since(began, now).compareTo(PATIENCE) >= 0);
    if (due) {
      said = Optional.of(now);
      log.warn(
          "{} cannot be used for {} s: {}. Still trying. {}",
          where,
          since(began, now).toSeconds(),
          problem,
          remedy);
    }
  }

  private static Duration since(long then, long now) {
    return Duration.ofNanos(now - then);
  }
}
