package io.ocellus.topic;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a record belongs to, by its <a href="https://www.w3.org/TR/trace-context/">W3C
 * Trace Context</a> headers.
 */
public final class EventTrace {
  private static final List<String> HEADERS =
      List.of(EventHeaders.TRACEPARENT, EventHeaders.TRACESTATE);

  /** What the specification asks everybody to carry; more could outgrow the other record. */
  private static final int LONGEST = 512;

  private static final TextMapGetter<Headers> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Headers headers) {
          return Arrays.stream(headers.toArray()).map(Header::key).distinct().toList();
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String key) {
          return headers == null ? null : EventHeaders.text(headers, key).orElse(null);
        }
      };

  private EventTrace() {}

  /**
   * What the record's headers say, to be made current while something is done for it; the root
   * where they say nothing that can be understood.
   */
  public static Context of(Headers headers) {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, GETTER);
  }

  /** Adds the trace headers of one record to another's, as they are; too long ones are left out. */
  public static void copy(Headers from, Headers to) {
    for (String name : HEADERS) {
      Header header = from.lastHeader(name);
      if (header != null && header.value() != null && header.value().length <= LONGEST) {
        to.remove(name).add(header);
      }
    }
  }
}
