package io.ocellus.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

class ExpectedWarningFilterTest {
  private static final String CLOSED =
      "[NodeToController id=1] Attempting to close NetworkClient that has already been closed.";

  private final ExpectedWarningFilter filter = new ExpectedWarningFilter();

  @Test
  void onlyTheWarningOfThatLoggerIsTakenOut() {
    String client = "org.apache.kafka.clients.NetworkClient";
    assertThat(decide(client, Level.WARN, CLOSED)).isEqualTo(FilterReply.DENY);
    assertThat(decide(client, Level.ERROR, CLOSED)).isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide(client, Level.WARN, "Bootstrap broker x:1 disconnected"))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide("other", Level.WARN, CLOSED)).isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide(client, Level.WARN, null)).isEqualTo(FilterReply.NEUTRAL);
  }

  private FilterReply decide(String logger, Level level, String message) {
    return filter.decide(
        null, new LoggerContext().getLogger(logger), level, message, new Object[0], null);
  }
}
