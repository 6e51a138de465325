package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clock of an inferencer's machine is set while it serves, by libfaketime (Debian's package
 * {@code libfaketime}, or {@code LIBFAKETIME} in the environment).
 */
@Timeout(600)
class ClockIT {
  private static final Path LIBRARY =
      Path.of(
          System.getenv()
              .getOrDefault(
                  "LIBFAKETIME", "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"));
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);
  private final byte[] image = synthetic.png(synthetic.classes().get(0), 1);
  private int sent;

  @ParameterizedTest
  @ValueSource(strings = {"-1h", "+1h"})
  void imagesAreClassifiedAsBeforeWhenTheClockIsSet(String jump) throws Exception {
    assumeThat(LIBRARY).as("Debian's package libfaketime is installed").exists();
    Path clock = folder.resolve("clock");
    Files.writeString(clock, "+0");
    try (Broker kafka = Broker.start();
        Stream stream = new Stream(kafka.bootstrapServers(), "clock", folder)) {
      stream.publish(TestModel.of(32, "cat", "dog"));
      Map<String, String> environment =
          Map.of(
              "LD_PRELOAD",
              LIBRARY.toString(),
              "FAKETIME_TIMESTAMP_FILE",
              clock.toString(),
              "FAKETIME_NO_CACHE",
              "1",
              "FAKETIME_DONT_FAKE_MONOTONIC",
              "1");
      try (InferencerProcess process =
          InferencerProcess.start(stream.settings(), environment, folder.resolve("log"))) {
        long before = classified(stream);
        Files.writeString(clock, jump);
        long after = classified(stream);
        assertThat(process.isAlive()).isTrue();
        System.out.printf("10 images took %d ms before, %d after %s%n", before, after, jump);
        Results.of(stream).assertExactlyOnceInOrder(sent);
      }
    } catch (Throwable e) {
      System.out.println(Files.readString(folder.resolve("log")));
      throw e;
    }
  }

  /** Ten images, one at a time. */
  private long classified(Stream stream) throws IOException {
    long start = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      stream.send("camera", image);
      stream.flush();
      sent++;
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .untilAsserted(() -> assertThat(Results.of(stream).size()).isEqualTo(sent));
    }
    return (System.nanoTime() - start) / 1_000_000;
  }
}
