package io.ocellus.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTraceTest {
  private static final String TRACEPARENT =
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final Headers headers = new RecordHeaders();

  @Test
  void theTraceIsWhatTheHeadersSay() {
    EventHeaders.set(headers, "traceparent", TRACEPARENT);
    EventHeaders.set(headers, "tracestate", "vendor=1");

    SpanContext span = span();

    assertThat(span.getTraceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(span.getSpanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(span.isSampled()).isTrue();
    assertThat(span.getTraceState().get("vendor")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
  void whatCannotBeUnderstoodIsNoTrace(String traceparent) {
    EventHeaders.set(headers, "traceparent", traceparent);

    assertThat(span().isValid()).isFalse();
  }

  @Test
  void headersThatNobodyHasToCarryAreLeftBehind() {
    EventHeaders.set(headers, "traceparent", TRACEPARENT);
    EventHeaders.set(headers, "tracestate", "vendor=" + "x".repeat(1_000_000));
    Headers copy = new RecordHeaders();

    EventTrace.copy(headers, copy);

    assertThat(EventHeaders.text(copy, "traceparent")).contains(TRACEPARENT);
    assertThat(copy.lastHeader("tracestate")).isNull();
  }

  @Test
  void aHeaderWithoutValueIsNone() {
    headers.add("traceparent", null);
    Headers copy = new RecordHeaders();

    EventTrace.copy(headers, copy);

    assertThat(copy.toArray()).isEmpty();
    assertThat(span().isValid()).isFalse();
  }

  private SpanContext span() {
    return Span.fromContext(EventTrace.of(headers)).getSpanContext();
  }
}
