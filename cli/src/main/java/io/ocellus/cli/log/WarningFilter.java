package io.ocellus.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Marker;

/** Drops some warnings of others' loggers from the log. */
abstract class WarningFilter extends TurboFilter {
  /** Whether the log does without this warning. */
  abstract boolean drops(String logger, String message);

  @Override
  public final FilterReply decide(
      Marker marker,
      Logger logger,
      Level level,
      String message,
      Object[] parameters,
      Throwable thrown) {
    return level == Level.WARN && message != null && drops(logger.getName(), message)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
