package io.ocellus.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.InetAddress;
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

    await().atMost(SOON).until(() -> !said.isEmpty());
    assertThat(said).singleElement().asString().contains(nobody, "kafka.bootstrap.servers");
  }

  @Test
  void nothingIsSaidWhereOneOfThemAnswers() throws Exception {
    try (ServerSocket broker = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      BrokerReach.watch(
          Map.of(
              "bootstrap.servers",
              "127.0.0.1:%d,127.0.0.1:%d".formatted(freePort(), broker.getLocalPort())));

      broker.accept().close();
      Thread.sleep(4000);
      assertThat(said).isEmpty();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
