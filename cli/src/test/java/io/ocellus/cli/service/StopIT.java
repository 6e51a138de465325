package io.ocellus.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.cli.CommandProcess;
import io.ocellus.cli.Ocellus;
import io.ocellus.testbed.Broker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGTERM at any moment of a start, a training, a publication, a stream: the process ends soon, by
 * that signal, and no native library crashes. {@code -Docellus.stops=20} does it so often.
 */
class StopIT {
  private static final int STOPS = Integer.getInteger("ocellus.stops", 3);
  private static final int TERMINATED = 143;
  private static final Duration SOON = Duration.ofSeconds(12);

  @TempDir Path folder;
  private final Random random = new Random();

  @BeforeEach
  void make() {
    assertThat(run("data", "make", folder.resolve("data").toString(), "--per-class", "30"))
        .isZero();
  }

  @Test
  void aTrainingStopsAtAnyMoment() throws Exception {
    for (int stop = 0; stop < STOPS; stop++) {
      stopAfter(
          random.nextInt(8000),
          "train",
          folder.resolve("data").toString(),
          "--out",
          folder.resolve("model-" + stop).toString(),
          "--network",
          "se-densenet-light",
          "--size",
          "32",
          "--epochs",
          "1000",
          "--device",
          "cpu");
    }
  }

  @Test
  void aTrainerAndAnInferencerStopAtAnyMoment() throws Exception {
    try (Broker kafka = Broker.start()) {
      String at = kafka.bootstrapServers();
      assertThat(run("ingest", folder.resolve("data").toString(), "-b", at)).isZero();
      for (int stop = 0; stop < STOPS; stop++) {
        stopAfter(
            random.nextInt(15_000),
            "trainer",
            "-b",
            at,
            "--set",
            "network.name=se-densenet-light",
            "--set",
            "network.size=32",
            "--set",
            "training.epochs=2",
            "--set",
            "http.port=0",
            "--set",
            "retrain.quiet=100ms",
            "--set",
            "state-dir=" + folder.resolve("trainer"));
        stopAfter(
            random.nextInt(10_000),
            "inferencer",
            "-b",
            at,
            "--set",
            "http.port=0",
            "--set",
            "image.max-pixels=1_000_000",
            "--set",
            "state-dir=" + folder.resolve("inferencer"));
      }
    }
  }

  private void stopAfter(int millis, String... arguments) throws Exception {
    try (CommandProcess process = CommandProcess.start(folder, List.of(), Map.of(), arguments)) {
      assertThat(process.process().waitFor(millis, TimeUnit.MILLISECONDS))
          .as(process.text())
          .isFalse();
      long began = System.nanoTime();
      process.process().destroy();
      assertThat(process.await()).as(process.text()).isEqualTo(TERMINATED);
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("after %d ms: %s", millis, process.text())
          .isLessThan(SOON);
    }
    assertThat(crashes()).isEmpty();
  }

  private List<Path> crashes() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("hs_err")).toList();
    }
  }

  private static int run(String... arguments) {
    return Ocellus.commandLine().setOut(new PrintWriter(new StringWriter())).execute(arguments);
  }
}
