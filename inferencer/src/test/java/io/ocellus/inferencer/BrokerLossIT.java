package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.testbed.BrokerCluster;
import io.ocellus.testbed.SyntheticImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of three brokers one after the other is lost in mid-stream, and comes back. */
@Tag("docker")
@Timeout(600)
class BrokerLossIT {
  private static final int DEVICES = 6;
  private static final Duration CUT_OFF = Duration.ofSeconds(30);
  private static final Duration BETWEEN_IMAGES = Duration.ofMillis(60);
  private static final int GOING_ON = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);

  @Test
  void eachImageHasOneOutcomeWhicheverBrokerDies() throws Exception {
    classifies(
        (kafka, stream) -> {
          for (int id = 1; id <= 3; id++) {
            kafka.kill(id);
            goesOn(stream, "broker %d is dead".formatted(id));
            kafka.revive(id);
            goesOn(stream, "broker %d is back".formatted(id));
          }
        });
  }

  /**
   * Its peers elect others in its place, while clients still take it for what it was: the stream
   * may wait for as long as that lasts.
   */
  @Test
  void eachImageHasOneOutcomeWhicheverBrokerIsCutOffFromItsPeers() throws Exception {
    classifies(
        (kafka, stream) -> {
          for (int id = 1; id <= 3; id++) {
            kafka.isolate(id);
            Pause.of(CUT_OFF);
            kafka.rejoin(id);
            goesOn(stream, "broker %d is among its peers".formatted(id));
          }
        });
  }

  private void classifies(BiConsumer<BrokerCluster, Stream> meanwhile) throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger sent = new AtomicInteger();
    try (BrokerCluster kafka = BrokerCluster.start();
        Stream stream = new Stream(kafka.bootstrapServers(), "loss", folder)) {
      stream.publish(TestModel.of(32, "cat", "dog"));
      try (Inferencer inferencer = new Inferencer(stream.config())) {
        inferencer.start();
        Thread devices = new Thread(() -> send(stream, enough, sent), "devices");
        devices.start();
        goesOn(stream, "three brokers");
        meanwhile.accept(kafka, stream);
        enough.set(true);
        devices.join();
        stream.flush();
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .untilAsserted(() -> Results.of(stream).assertNoneLost(sent.get()));
        await("accounts that add up")
            .atMost(PATIENCE)
            .ignoreExceptions()
            .untilAsserted(() -> Scrape.of(inferencer.uri(), "/metrics").assertNoneUnaccounted());
      }
      System.out.printf("%d sent, %d outcomes%n", sent.get(), Results.of(stream).size());
      Results.of(stream).assertExactlyOnceInOrder(sent.get());
      assertThat(sent.get()).isPositive();
    }
  }

  /** Outcomes keep coming: as many as take seconds, and a rebalance at the most. */
  private static void goesOn(Stream stream, String state) {
    long start = System.nanoTime();
    long before = stream.reach();
    await("results while " + state)
        .atMost(PATIENCE)
        .until(() -> stream.reach() > before + GOING_ON);
    System.out.printf(
        "%s: %d more outcomes in %d ms%n",
        state, GOING_ON, (System.nanoTime() - start) / 1_000_000);
  }

  private void send(Stream stream, AtomicBoolean enough, AtomicInteger sent) {
    byte[] image = synthetic.png(synthetic.classes().get(0), 1);
    while (!enough.get()) {
      for (int device = 0; device < DEVICES; device++) {
        sent.incrementAndGet();
        stream.send("camera-" + device, image);
      }
      Pause.of(BETWEEN_IMAGES);
    }
  }
}
