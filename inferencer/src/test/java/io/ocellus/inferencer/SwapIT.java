package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.testbed.EmbeddedKafka;
import io.ocellus.testbed.SyntheticImages;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred versions replace each other while images stream through. */
@Timeout(180)
class SwapIT {
  private static final int SWAPS = 100;

  /** By then what is allocated once has been. */
  private static final int SETTLED = 30;

  private static final int TOLERATED_MIB = 48;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);
  private final AtomicInteger version = new AtomicInteger();

  @Test
  void aHundredSwapsUnderLoadLeaveNothingBehindAndLoseNoResult() throws Exception {
    InferencerListener listener =
        new InferencerListener() {
          @Override
          public void serving(Manifest manifest, Duration sincePublication) {
            version.set(manifest.version());
          }
        };
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Stream stream = new Stream(kafka.bootstrapServers(), "swap", folder);
        Inferencer inferencer = new Inferencer(stream.config(), listener)) {
      inferencer.start();
      swap(stream, 0);
      AtomicBoolean enough = new AtomicBoolean();
      AtomicInteger sent = new AtomicInteger();
      Thread device = new Thread(() -> send(stream, enough, sent), "device");
      device.start();
      for (int i = 1; i <= SETTLED; i++) {
        swap(stream, i);
      }
      Usage settled = Usage.now();
      for (int i = SETTLED + 1; i <= SWAPS; i++) {
        swap(stream, i);
      }
      enough.set(true);
      device.join();
      stream.flush();
      await().atMost(PATIENCE).until(() -> Results.of(stream).size() >= sent.get());
      Results results = Results.of(stream);
      Usage end = Usage.now();
      System.out.printf(
          "%d swaps, %d images, %d versions seen in results; after %d swaps %s, at the end %s%n",
          SWAPS, sent.get(), results.versions().stream().distinct().count(), SETTLED, settled, end);
      results.assertExactlyOnceInOrder(sent.get());
      assertThat(results.dead()).isEmpty();
      assertThat(end.residentMib()).isLessThanOrEqualTo(settled.residentMib() + TOLERATED_MIB);
      assertThat(end.threads()).isLessThanOrEqualTo(settled.threads());
      assertThat(end.arrays()).isLessThanOrEqualTo(settled.arrays());
      Scrape metrics = Scrape.of(inferencer.uri(), "/metrics");
      assertThat(metrics.sum("ocellus_inferencer_models_loaded")).isEqualTo(1);
      assertThat(metrics.sum("ocellus_inferencer_swap_seconds_count")).isEqualTo(SWAPS + 1);
    }
  }

  private void swap(Stream stream, int seed) {
    TestModel model = TestModel.of(seed % 2 == 0 ? 32 : 40, "cat", "dog", "owl").seeded(seed);
    Manifest published = stream.publish(model);
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(PATIENCE)
        .until(() -> version.get() == published.version());
  }

  private void send(Stream stream, AtomicBoolean enough, AtomicInteger sent) {
    byte[] image = synthetic.png(synthetic.classes().get(0), 1);
    while (!enough.get()) {
      stream.send("camera-" + sent.getAndIncrement() % 4, image);
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /**
   * What this JVM holds.
   *
   * @param arrays managers and arrays that hang on PyTorch's root
   */
  private record Usage(long residentMib, int threads, int arrays) {
    static Usage now() throws IOException, ReflectiveOperationException {
      System.gc();
      return new Usage(
          status("VmRSS:") / 1024, Math.toIntExact(status("Threads:")), hangingOnRoot());
    }

    private static long status(String name) throws IOException {
      Path status = Path.of("/proc/self/status");
      if (!Files.exists(status)) {
        return 0;
      }
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    }

    private static int hangingOnRoot() throws ReflectiveOperationException {
      try (NDManager manager = NDManager.newBaseManager()) {
        Field resources = BaseNDManager.class.getDeclaredField("resources");
        resources.setAccessible(true);
        return ((Map<?, ?>) resources.get(manager.getParentManager())).size();
      }
    }
  }
}
