package io.ocellus.cli.log;

import io.ocellus.topic.BrokerReach;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of the log what Kafka's clients say of each attempt to connect, several lines a second
 * for as long as a broker is away, and hands it to {@link BrokerReach}, which says it once a
 * minute. What is not understood, or nobody takes, stays in the log.
 */
public final class KafkaConnectionFilter extends WarningFilter {
  private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";

  /** Each with host, or else IP address, and port, as of Kafka 4.3. */
  private static final List<Pattern> ATTEMPTS =
      List.of(
          Pattern.compile(
              "Connection to node -?\\d+ \\((?:([^/)]+)/[^)]*|/([^)]*)):(\\d+)\\) (?:could not be established|terminated during authentication)"),
          Pattern.compile("Bootstrap broker (\\S+)():(\\d+) \\(id: .*\\) disconnected"),
          Pattern.compile("Error connecting to node (\\S+)():(\\d+) \\(id: "));

  private static final Pattern PREFIX = Pattern.compile("^\\[[^]]*] ");

  @Override
  boolean drops(String logger, String message) {
    if (!logger.equals(CLIENT)) {
      return false;
    }
    for (Pattern attempt : ATTEMPTS) {
      Matcher matcher = attempt.matcher(message);
      if (matcher.find()) {
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        String address = host + ":" + matcher.group(3);
        String said = PREFIX.matcher(message).replaceFirst("");
        return BrokerReach.reported(address, said);
      }
    }
    return false;
  }
}
