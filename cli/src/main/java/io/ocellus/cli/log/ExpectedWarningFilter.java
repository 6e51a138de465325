package io.ocellus.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Map;
import org.slf4j.Marker;

/**
 * Takes warnings out of the log that the demo's own broker gives at each start and stop though
 * nothing is wrong, each by its logger and its text: other warnings of these loggers stay.
 */
public final class ExpectedWarningFilter extends TurboFilter {
  private static final Map<String, String> EXPECTED =
      Map.of(
          // A broker on a fresh folder has no metadata yet.
          "org.apache.kafka.controller.QuorumController",
          "Performing controller activation. The metadata log appears to be empty.",
          // A broker closes the channel to its controller twice when it stops.
          "org.apache.kafka.clients.NetworkClient",
          "Attempting to close NetworkClient that has already been closed.");

  @Override
  public FilterReply decide(
      Marker marker,
      Logger logger,
      Level level,
      String message,
      Object[] parameters,
      Throwable thrown) {
    String expected = EXPECTED.get(logger.getName());
    return level == Level.WARN && message != null && expected != null && message.contains(expected)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
