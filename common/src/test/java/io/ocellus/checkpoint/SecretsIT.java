package io.ocellus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.ocellus.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SecretsIT {
  private static final String SECRET = "hush-hush-7";
  private static final List<Logger> LOGGERS =
      Stream.of("io.ocellus", "org.apache.kafka.clients", "org.apache.kafka.common")
          .map(name -> (Logger) LoggerFactory.getLogger(name))
          .toList();

  @Test
  void passwordsOfKafkaClientsAppearInNoLogAndNoMessage(@TempDir Path folder) throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    LOGGERS.forEach(logger -> listen(logger, log));
    List<String> messages = new ArrayList<>();
    try (CheckpointBroker broker = new CheckpointBroker()) {
      Map<String, String> wrong = new HashMap<>(broker.clients());
      wrong.put("security.protocol", "SASL_PLAINTEXT");
      wrong.put("sasl.mechanism", "PLAIN");
      wrong.put(
          "sasl.jaas.config",
          "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"me\""
              + " password=\"%s\";".formatted(SECRET));
      wrong.put("ssl.keystore.password", SECRET);
      wrong.put("max.block.ms", "1000");
      wrong.put("default.api.timeout.ms", "1000");
      wrong.put("request.timeout.ms", "900");
      Topics topics = broker.fresh();
      messages.add(failure(() -> new CheckpointCatalog(wrong, topics).all()));
      messages.add(failure(() -> new CheckpointPublisher(wrong, topics, "birds", 3)));
      try (CheckpointFollower follower =
          new CheckpointFollower(wrong, topics, "birds", folder, Trust.anyone(), new Heard())) {
        follower.start();
        Thread.sleep(1500);
      }
    } finally {
      LOGGERS.forEach(logger -> leave(logger, log));
    }

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(message -> message.contains("sasl.jaas.config = [hidden]"));
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(message -> message.contains(SECRET));
    assertThat(log.list)
        .extracting(event -> ThrowableProxyUtil.asString(event.getThrowableProxy()))
        .noneMatch(trace -> trace.contains(SECRET));
    assertThat(messages).noneMatch(message -> message.contains(SECRET));
    assertThat(messages).allMatch(message -> message.contains("birds") || message.contains("read"));
  }

  private static void listen(Logger logger, ListAppender<ILoggingEvent> log) {
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(log);
  }

  private static void leave(Logger logger, ListAppender<ILoggingEvent> log) {
    logger.setLevel(null);
    logger.setAdditive(true);
    logger.detachAppender(log);
  }

  private static String failure(Runnable action) {
    try {
      action.run();
    } catch (CheckpointException e) {
      return e.getMessage() + e.getCause();
    }
    throw new AssertionError("It did not fail");
  }
}
