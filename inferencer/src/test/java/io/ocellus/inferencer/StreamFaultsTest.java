package io.ocellus.inferencer;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class StreamFaultsTest {
  private final List<String> gaveUp = new ArrayList<>();
  private int mended;
  private final StreamFaults faults =
      new StreamFaults(
          new InferencerMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), "default"),
          gaveUp::add,
          () -> mended++);

  @Test
  void aBrokersFaultReplacesTheThreadAndReadinessCanNameIt() {
    assertThat(faults.handle(new StreamsException(new TopicAuthorizationException("no images"))))
        .isEqualTo(REPLACE_THREAD);
    assertThat(faults.latest().orElseThrow()).contains("TopicAuthorizationException: no images");
    assertThat(gaveUp).isEmpty();
    assertThat(mended).as("times that its cause was looked for before").isEqualTo(1);
  }

  @Test
  void withoutMemoryTheServiceGivesUp() {
    assertThat(faults.handle(new StreamsException(new OutOfMemoryError("Java heap space"))))
        .isEqualTo(SHUTDOWN_CLIENT);
    assertThat(gaveUp).singleElement().asString().contains("OutOfMemoryError: Java heap space");
  }
}
