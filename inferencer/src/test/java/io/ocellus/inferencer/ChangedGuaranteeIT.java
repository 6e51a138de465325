package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.inferencer.InferencerConfig.Guarantee;
import io.ocellus.testbed.Broker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The inferencer's process is killed under one guarantee and started again under the other, on the
 * same state folder; the other stops in order before the next round. There are two rounds, or as
 * many as {@code ocellus.test.rounds} says.
 */
@Timeout(1200)
class ChangedGuaranteeIT {
  private static final int ROUNDS = Integer.getInteger("ocellus.test.rounds", 2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  @AutoClose private static final Broker KAFKA = Broker.start();

  @TempDir Path folder;
  private final Random random = new Random(11);
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicBoolean enough = new AtomicBoolean();

  @ParameterizedTest
  @CsvSource({"EXACTLY_ONCE_V2,AT_LEAST_ONCE", "AT_LEAST_ONCE,EXACTLY_ONCE_V2"})
  void nothingIsLostWhenAProcessThatWasKilledStartsUnderTheOtherGuarantee(
      Guarantee killed, Guarantee next) throws Exception {
    String name = "after-" + killed.name().toLowerCase(Locale.ROOT);
    try (Stream stream = new Stream(KAFKA.bootstrapServers(), name, folder)) {
      stream
          .with("batch.max-wait", "50ms")
          .with("kafka.session.timeout.ms", "1200")
          .with("kafka.heartbeat.interval.ms", "250")
          .with("kafka.transaction.timeout.ms", "3000");
      stream.publish(TestModel.of(32, "cat", "dog"));
      Thread devices = new Thread(new Cameras(stream, 256, enough, sent), "devices");
      devices.start();
      Results results = new Results(List.of(), List.of());
      for (int round = 0; round < ROUNDS; round++) {
        try (InferencerProcess process = run(stream, killed)) {
          awaitKill(stream, killed);
          assertThat(process.isAlive()).isTrue();
        }
        try (InferencerProcess process = run(stream, next)) {
          if (round == ROUNDS - 1) {
            enough.set(true);
            devices.join();
            stream.flush();
            results = settled(stream);
          }
          process.stop();
        }
      }
      System.out.printf(
          "Killed under %s, started under %s, %d rounds: %d images, %d lost, %d doubled, %d"
              + " reordered%n",
          killed,
          next,
          ROUNDS,
          sent.get(),
          results.lost(sent.get()),
          results.doubled(),
          results.reordered());
      results.assertNoneLost(sent.get());
      if (killed == Guarantee.EXACTLY_ONCE_V2) {
        results.assertExactlyOnceInOrder(sent.get());
      }
    } catch (Throwable e) {
      System.out.println(Files.readString(folder.resolve("log")));
      throw e;
    }
  }

  /** Starts a process and returns it in mid-stream. */
  private InferencerProcess run(Stream stream, Guarantee guarantee) {
    stream.with("streams.guarantee", guarantee.name());
    InferencerProcess process = InferencerProcess.start(stream.settings(), folder.resolve("log"));
    long before = stream.reach();
    await("results under " + guarantee)
        .atMost(PATIENCE)
        .failFast(() -> !process.isAlive())
        .until(() -> stream.reach() > before + 100);
    return process;
  }

  /** Where there are transactions, until one is open that has freed and filled slots. */
  private void awaitKill(Stream stream, Guarantee guarantee) {
    Pause.of(Duration.ofMillis(random.nextInt(250)));
    if (guarantee == Guarantee.EXACTLY_ONCE_V2) {
      try (OpenTransactions changelog = new OpenTransactions(stream)) {
        changelog.await(Duration.ofSeconds(10));
      }
    }
  }

  /** What there is when every image has its outcome, or when nothing has come for a while. */
  private Results settled(Stream stream) {
    Results results = Results.of(stream);
    int quiet = 0;
    while (results.lost(sent.get()) > 0 && quiet < 10) {
      Pause.of(Duration.ofSeconds(1));
      Results now = Results.of(stream);
      quiet = now.size() > results.size() ? 0 : quiet + 1;
      results = now;
    }
    return results;
  }
}
