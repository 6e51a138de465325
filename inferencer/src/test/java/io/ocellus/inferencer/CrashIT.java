package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.inferencer.InferencerConfig.GroupProtocol;
import io.ocellus.inferencer.InferencerConfig.Guarantee;
import io.ocellus.testbed.Broker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The inferencer's process is killed three times in mid-stream. */
@Timeout(150)
class CrashIT {
  private static final int KILLS = 3;
  private static final String SESSION = "1200";
  private static final String HEARTBEAT = "250";
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  @AutoClose private static final Broker KAFKA = Broker.start();

  @TempDir Path folder;
  private final Random random = new Random(5);

  @ParameterizedTest
  @CsvSource({
    "EXACTLY_ONCE_V2,CLASSIC",
    "EXACTLY_ONCE_V2,STREAMS",
    "AT_LEAST_ONCE,CLASSIC",
    "AT_LEAST_ONCE,STREAMS"
  })
  void nothingIsLostWhenTheProcessIsKilled(Guarantee guarantee, GroupProtocol protocol)
      throws Exception {
    String name = (guarantee + "." + protocol).toLowerCase(Locale.ROOT);
    try (Stream stream = new Stream(KAFKA.bootstrapServers(), name, folder)) {
      stream
          .with("streams.guarantee", guarantee.name())
          .with("streams.group-protocol", protocol.name())
          .with("batch.max-wait", "50ms");
      shortSessions(stream, protocol);
      stream.publish(TestModel.of(32, "cat", "dog"));
      AtomicBoolean enough = new AtomicBoolean();
      AtomicInteger sent = new AtomicInteger();
      Thread devices = new Thread(new Cameras(stream, 32, enough, sent), "devices");
      devices.start();
      for (int kill = 0; kill <= KILLS; kill++) {
        try (InferencerProcess process =
            InferencerProcess.start(stream.settings(), folder.resolve("log"))) {
          long before = stream.reach();
          await("results after " + kill + " kills, of " + name)
              .atMost(PATIENCE)
              .failFast(() -> !process.isAlive())
              .until(() -> stream.reach() > before + 100);
          if (kill == KILLS) {
            enough.set(true);
            devices.join();
            stream.flush();
            await("the rest of " + name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> Results.of(stream).assertNoneLost(sent.get()));
          }
          Thread.sleep(random.nextInt(250));
        }
      }
      Results results = Results.of(stream);
      System.out.printf(
          "%s: %d sent, %d outcomes after %d kills%n", name, sent.get(), results.size(), KILLS);
      if (guarantee == Guarantee.EXACTLY_ONCE_V2) {
        results.assertExactlyOnceInOrder(sent.get());
      } else {
        results.assertNoneLost(sent.get());
      }
      assertThat(results.dead()).isNotEmpty();
    } catch (Throwable e) {
      System.out.println(Files.readString(folder.resolve("log")));
      throw e;
    }
  }

  private static void shortSessions(Stream stream, GroupProtocol protocol) {
    if (protocol == GroupProtocol.CLASSIC) {
      stream
          .with("kafka.session.timeout.ms", SESSION)
          .with("kafka.heartbeat.interval.ms", HEARTBEAT);
      return;
    }
    stream.configure(
        ConfigResource.Type.GROUP,
        stream.group(),
        Map.of("streams.session.timeout.ms", SESSION, "streams.heartbeat.interval.ms", HEARTBEAT));
  }
}
