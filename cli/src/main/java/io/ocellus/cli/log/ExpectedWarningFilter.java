package io.ocellus.cli.log;

import java.util.Map;

/**
 * Takes warnings out of the log that the demo's own broker gives at each start and stop though
 * nothing is wrong, each by its logger and its text: other warnings of these loggers stay.
 */
public final class ExpectedWarningFilter extends WarningFilter {
  private static final Map<String, String> EXPECTED =
      Map.of(
          // A broker on a fresh folder has no metadata yet.
          "org.apache.kafka.controller.QuorumController",
          "Performing controller activation. The metadata log appears to be empty.",
          // A broker closes the channel to its controller twice when it stops.
          "org.apache.kafka.clients.NetworkClient",
          "Attempting to close NetworkClient that has already been closed.");

  @Override
  boolean drops(String logger, String message) {
    String expected = EXPECTED.get(logger);
    return expected != null && message.contains(expected);
  }
}
