package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.testbed.BrokerCluster;
import io.ocellus.testbed.SyntheticImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers are killed in turn in mid-stream. */
@Tag("docker")
@Timeout(600)
class BrokerLossIT {
  private static final int DEVICES = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);

  @Test
  void eachImageHasOneOutcomeWhicheverBrokerDies() throws Exception {
    assumeThat(BrokerCluster.canRun()).as("a Docker engine runs here").isTrue();
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
        for (int id = 1; id <= 3; id++) {
          kafka.kill(id);
          goesOn(stream, "broker %d is dead".formatted(id));
          kafka.revive(id);
          goesOn(stream, "broker %d is back".formatted(id));
        }
        enough.set(true);
        devices.join();
        stream.flush();
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .untilAsserted(() -> Results.of(stream).assertNoneLost(sent.get()));
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
    await("results while " + state).atMost(PATIENCE).until(() -> stream.reach() > before + 500);
    System.out.printf(
        "%s: 500 more outcomes in %d ms%n", state, (System.nanoTime() - start) / 1_000_000);
  }

  private void send(Stream stream, AtomicBoolean enough, AtomicInteger sent) {
    byte[] image = synthetic.png(synthetic.classes().get(0), 1);
    while (!enough.get()) {
      for (int device = 0; device < DEVICES; device++) {
        sent.incrementAndGet();
        stream.send("camera-" + device, image);
      }
      try {
        Thread.sleep(60);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
