package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.checkpoint.Manifest;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.Footprint;
import io.ocellus.testbed.SyntheticImages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Versions replace each other while images stream through, in a process of its own whose heap is
 * fixed, so that what its memory grows by is native. How long images take meanwhile is measured by
 * {@code benchmarks/serve --arrivals swaps}.
 */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "memory is read from /proc")
class SwapIT {
  private static final int SWAPS = Integer.getInteger("ocellus.swaps", 100);

  /** By then what is allocated once has been. */
  private static final int SETTLED = Math.min(30, SWAPS / 3);

  private static final double TOLERATED_GROWTH = 1.05;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);
  private final AtomicBoolean enough = new AtomicBoolean();
  private final AtomicInteger sent = new AtomicInteger();

  @Test
  void swapsUnderLoadLeaveNothingBehindAndLoseNoResult() throws Exception {
    int port = freePort();
    URI uri = URI.create("http://127.0.0.1:" + port);
    try (Broker kafka = Broker.start();
        Stream stream =
            new Stream(kafka.bootstrapServers(), "swap", folder)
                .with("http.port", Integer.toString(port));
        InferencerProcess process =
            InferencerProcess.start(stream.settings(), folder.resolve("log"))) {
      Thread device = new Thread(() -> send(stream), "device");
      device.start();
      for (int i = 0; i <= SETTLED; i++) {
        swap(stream, uri, i);
      }
      Footprint settled = process.footprint();
      for (int i = SETTLED + 1; i <= SWAPS; i++) {
        swap(stream, uri, i);
      }
      Footprint end = process.footprint();
      enough.set(true);
      device.join();
      stream.flush();
      await().atMost(PATIENCE).until(() -> Results.of(stream).size() >= sent.get());
      Results results = Results.of(stream);
      System.out.printf(
          "%d swaps, %d images, %d versions seen in results; after %d swaps %s, at the end %s%n",
          SWAPS, sent.get(), results.versions().stream().distinct().count(), SETTLED, settled, end);
      results.assertExactlyOnceInOrder(sent.get());
      assertThat(results.dead()).isEmpty();
      assertThat(end.residentMib()).isLessThan((long) (settled.residentMib() * TOLERATED_GROWTH));
      assertThat(end.threads()).isLessThanOrEqualTo(settled.threads() + 2);
      await("files that were open for a while are closed")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> process.footprint().files() <= settled.files() + 10);
      assertThat(process.hasLoaded("libtorch")).as("PyTorch, which nothing runs on").isFalse();
      Scrape metrics = Scrape.of(uri, "/metrics");
      assertThat(metrics.sum("ocellus_inferencer_models_loaded")).isEqualTo(1);
      assertThat(metrics.sum("ocellus_inferencer_swap_seconds_count")).isEqualTo(SWAPS + 1);
    } catch (Throwable e) {
      System.out.println(Files.readString(folder.resolve("log")));
      throw e;
    }
  }

  private void swap(Stream stream, URI uri, int seed) {
    TestModel model = TestModel.of(seed % 2 == 0 ? 32 : 40, "cat", "dog", "owl").seeded(seed);
    Manifest published = stream.publish(model);
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                Scrape.of(uri, "/metrics").sum("ocellus_inferencer_serving_version")
                    == published.version());
  }

  private void send(Stream stream) {
    byte[] image = synthetic.png(synthetic.classes().get(0), 1);
    while (!enough.get()) {
      stream.send("camera-" + sent.getAndIncrement() % 4, image);
      Pause.of(Duration.ofMillis(5));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
