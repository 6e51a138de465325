package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ocellus.config.ConfigurationLoader;
import io.ocellus.inferencer.classify.Classifier;
import io.ocellus.inferencer.serving.Serving;
import io.ocellus.service.Deadline;
import io.ocellus.testbed.Broker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImageStreamIT {
  @TempDir Path folder;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final InferencerMetrics metrics = new InferencerMetrics(registry, "default");

  @Test
  void aStreamThatCannotStartIsTriedAgainAndSaysSo() throws Exception {
    Path blocked = Files.createFile(folder.resolve("state"));
    try (Broker kafka = Broker.start();
        Stream topics = new Stream(kafka.bootstrapServers(), "blocked", folder.resolve("other"));
        Classifier classifier = classifier(topics.config())) {
      InferencerConfig config = topics.with("state-dir", blocked.toString()).config();
      ImageStream stream = new ImageStream(config, classifier, metrics, registry);
      stream.start();
      assertThat(stream.whyNotReady().orElseThrow()).contains("cannot start", "tried again");
      assertThat(stream.whyNotLive()).isEmpty();
      Files.delete(blocked);
      await().until(() -> !stream.whyNotReady().orElse("").contains("cannot start"));
      stream.close(Deadline.in(Duration.ofSeconds(5)));
    }
  }

  @Test
  void aStopWithoutABrokerTakesNoLongerThanItsDeadline() {
    InferencerConfig config = config(folder);
    try (Classifier classifier = classifier(config)) {
      ImageStream stream = new ImageStream(config, classifier, metrics, registry);
      Thread start = new Thread(stream::start, "start");
      start.start();
      Pause.of(Duration.ofMillis(500));
      long began = System.nanoTime();
      stream.close(Deadline.in(Duration.ofSeconds(1)));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    }
  }

  private Classifier classifier(InferencerConfig config) {
    return new Classifier(config, new Serving(), metrics);
  }

  private static InferencerConfig config(Path state) {
    return new ConfigurationLoader<>(InferencerConfig.class)
        .load(
            Map.of(
                "kafka.bootstrap.servers", "127.0.0.1:1",
                "state-dir", state.toString(),
                "threads.forward", "1",
                "threads.decode", "1"));
  }
}
