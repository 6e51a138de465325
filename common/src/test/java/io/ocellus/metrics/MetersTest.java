package io.ocellus.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ocellus.topic.EventTrace;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final List<Double> BOUNDS = List.of(0.1, 1.0);
  private static final Metric METRIC =
      () -> new MetricSpec("test_seconds", MetricType.HISTOGRAM, "Time.", List.of("version"));

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Meters meters = new Meters(registry);

  @Test
  void aHistogramIsClassicAndNative() {
    meters.histogram(METRIC, BOUNDS, "1").observe(0.5);

    assertThat(registry.scrape())
        .contains("test_seconds_bucket{version=\"1\",le=\"0.1\"} 0")
        .contains("test_seconds_bucket{version=\"1\",le=\"1.0\"} 1")
        .contains("test_seconds_bucket{version=\"1\",le=\"+Inf\"} 1");
    assertThat(point().hasNativeHistogramData()).isTrue();
    assertThat(point().getNativeBucketsForPositiveValues().size()).isEqualTo(1);
  }

  @Test
  void theTraceOfTheImageIsTheExemplar() {
    observeIn("00-" + TRACE + "-00f067aa0ba902b7-01");

    assertThat(point().getExemplars().get(0).getLabels().get("trace_id")).isEqualTo(TRACE);
    assertThat(point().getExemplars().get(0).getLabels().get("span_id"))
        .isEqualTo("00f067aa0ba902b7");
  }

  @Test
  void aTraceThatNobodyKeepsIsNoExemplar() {
    observeIn("00-" + TRACE + "-00f067aa0ba902b7-00");
    observeIn("nonsense");

    assertThat(point().getExemplars().size()).isZero();
    assertThat(point().getCount()).isEqualTo(2);
  }

  @Test
  void whatIsForgottenIsGone() {
    meters.histogram(METRIC, BOUNDS, "1").observe(0.5);
    meters.histogram(METRIC, BOUNDS, "2").observe(0.5);
    meters.forget(METRIC, "1");

    assertThat(registry.scrape()).doesNotContain("version=\"1\"").contains("version=\"2\"");
  }

  private void observeIn(String traceparent) {
    Headers headers =
        new RecordHeaders().add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
    EventTrace.of(headers).wrap(() -> meters.histogram(METRIC, BOUNDS, "1").observe(0.5)).run();
  }

  private HistogramDataPointSnapshot point() {
    return registry.getPrometheusRegistry().scrape().stream()
        .filter(HistogramSnapshot.class::isInstance)
        .map(HistogramSnapshot.class::cast)
        .flatMap(histogram -> histogram.getDataPoints().stream())
        .findFirst()
        .orElseThrow();
  }
}
