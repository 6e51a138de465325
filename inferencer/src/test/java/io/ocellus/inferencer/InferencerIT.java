package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ocellus.config.ConfigurationLoader;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@Tag("container")
class InferencerIT {
  private static final TestModel MODEL = TestModel.of(32, "cat", "dog", "owl");
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  @AutoClose private static final Broker KAFKA = Broker.start();

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);
  private final byte[] image = synthetic.png(synthetic.classes().get(0), 1);
  @AutoClose private Stream stream;

  @BeforeEach
  void open(TestInfo test) {
    stream =
        new Stream(KAFKA.bootstrapServers(), test.getTestMethod().orElseThrow().getName(), folder);
  }

  @Test
  void withoutAModelItIsNotReadyAndImagesWait() throws Exception {
    stream.send("camera", image);
    stream.flush();
    try (Inferencer inferencer = stream.start()) {
      Scrape notReady = Scrape.of(inferencer.uri(), "/health/ready");
      assertThat(notReady.status()).isEqualTo(503);
      assertThat(notReady.text()).contains("no version of model default serves yet");
      assertThat(Scrape.of(inferencer.uri(), "/health/live").status()).isEqualTo(200);
      stream.publish(MODEL);
      await().atMost(PATIENCE).until(inferencer::ready);
      assertThat(Scrape.of(inferencer.uri(), "/health/ready").status()).isEqualTo(200);
      stream.awaitOutcomes(1);
      Results.of(stream).assertExactlyOnceInOrder(1);
    }
  }

  @Test
  void aStopInMidStreamAndARestartLoseNothing() throws Exception {
    int sent = 600;
    stream.with("streams.slots", "16").publish(MODEL);
    for (int i = 0; i < sent; i++) {
      stream.send("camera-" + i % 4, image);
    }
    stream.flush();
    int stops = 0;
    while (Results.of(stream).size() < sent) {
      try (Inferencer inferencer = stream.start()) {
        await().atMost(PATIENCE).until(inferencer::ready);
        int before = Results.of(stream).size();
        await()
            .atMost(PATIENCE)
            .until(() -> Results.of(stream).size() >= Math.min(before + 1, sent));
      }
      stops++;
    }
    assertThat(stops).isPositive();
    Results.of(stream).assertExactlyOnceInOrder(sent);
  }

  @Test
  void everyDeclaredMetricIsServedAndNoOther() throws Exception {
    stream.publish(MODEL);
    stream.send("camera", image);
    stream.flush();
    try (Inferencer inferencer = stream.start()) {
      stream.awaitOutcomes(1);
      await().untilAsserted(() -> Scrape.of(inferencer.uri(), "/metrics").assertIdentity(1, 0));
      String text = Scrape.of(inferencer.uri(), "/metrics").text();
      List<String> declared = new ArrayList<>();
      for (InferencerMetric metric : InferencerMetric.values()) {
        declared.add(
            "# TYPE %s %s".formatted(metric.spec().name(), metric.spec().type().prometheus()));
      }
      assertThat(
              text.lines()
                  .filter(line -> line.startsWith("# TYPE ocellus_"))
                  .filter(line -> !line.contains("_max ")))
          .containsExactlyInAnyOrderElementsOf(declared);
      assertThat(text.lines().filter(line -> line.startsWith("# TYPE kafka_")).count())
          .isBetween(6L, 16L);
    }
  }

  @Test
  void aFailedStartSaysWhy() {
    InferencerConfig unreachable =
        new ConfigurationLoader<>(InferencerConfig.class)
            .load(
                Map.of(
                    "kafka.bootstrap.servers", "no-such-host.invalid:9092",
                    "kafka.default.api.timeout.ms", "2000",
                    "kafka.request.timeout.ms", "1000",
                    "state-dir", folder.toString(),
                    "http.port", "0"));
    try (Inferencer inferencer = new Inferencer(unreachable)) {
      assertThatThrownBy(inferencer::start).hasMessageContaining("no-such-host.invalid:9092");
    }
  }
}
