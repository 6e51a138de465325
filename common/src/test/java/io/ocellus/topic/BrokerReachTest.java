package io.ocellus.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.ocellus.testbed.EmbeddedKafka;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BrokerReachTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Logger log = (Logger) LoggerFactory.getLogger(BrokerReach.class);
  private final AppenderBase<ILoggingEvent> ears =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          said.add(event.getFormattedMessage());
        }
      };

  @BeforeEach
  void listen() {
    ears.start();
    log.addAppender(ears);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(ears);
  }

  @Test
  void aBrokerThatIsNotThereIsSaidWithinFiveSeconds() throws IOException {
    String nobody = "127.0.0.1:" + freePort();

    BrokerReach.watch(Map.of("bootstrap.servers", nobody + ", no-such-host.invalid:9092"));

    await().atMost(SOON).until(() -> said.size() > 1);
    assertThat(said).hasSize(2);
    assertThat(said.get(0).toString()).contains("no-such-host.invalid", "cannot be resolved");
    assertThat(said.get(1).toString()).contains(nobody, "kafka.bootstrap.servers", "Still trying");
  }

  @Test
  void nothingIsSaidWhereOneOfThemAnswers() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start()) {
      BrokerReach.watch(
          Map.of(
              "bootstrap.servers",
              "127.0.0.1:%d,%s".formatted(freePort(), broker.bootstrapServers())));

      Thread.sleep(4000);
      assertThat(said).isEmpty();
    }
  }

  @Test
  void whatAClientSaysOfABrokerThatAnswersIsSaidWhereItGoesOn() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start()) {
      BrokerReach.watch(Map.of("bootstrap.servers", broker.bootstrapServers()));
      await()
          .pollInterval(Duration.ofMillis(300))
          .atMost(SOON)
          .until(
              () -> {
                assertThat(BrokerReach.reported(broker.bootstrapServers(), "it hung up")).isTrue();
                return !said.isEmpty();
              });
      assertThat(said)
          .singleElement()
          .asString()
          .contains(broker.bootstrapServers(), "it hung up", "kafka.sasl.");
    }
  }

  @Test
  void anAdvertisedAddressThatCannotBeReachedIsSaidToBeOne() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start()) {
      BrokerReach.watch(Map.of("bootstrap.servers", broker.bootstrapServers()));
      String advertised = "127.0.0.1:" + freePort();
      BrokerReach.reported(advertised, "no");
      await().atMost(SOON).until(() -> !said.isEmpty());
      assertThat(said).singleElement().asString().contains(advertised, "advertises");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
