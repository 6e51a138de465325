package io.ocellus.topic;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Names of the record headers: those of the CloudEvents Kafka binding in binary mode, and the
 * product's own. All values are UTF-8 text.
 */
public final class EventHeaders {
  public static final String CE_ID = "ce_id";
  public static final String CE_SOURCE = "ce_source";
  public static final String CE_TYPE = "ce_type";
  public static final String CE_TIME = "ce_time";
  public static final String CE_SPECVERSION = "ce_specversion";

  /** URI of an image that is not in the value (the claim check). */
  public static final String CE_DATAREF = "ce_dataref";

  public static final String CONTENT_TYPE = "content-type";

  /** Which trace an image belongs to, as W3C Trace Context has it. */
  public static final String TRACEPARENT = "traceparent";

  /** What tracing systems add to {@link #TRACEPARENT}. */
  public static final String TRACESTATE = "tracestate";

  /** What a labelled image shows. */
  public static final String LABEL = "ocellus_label";

  /** What must stay on one side of the split, such as a patient. */
  public static final String GROUP = "ocellus_group";

  /** {@code train} or {@code test}: overrides the split. */
  public static final String SPLIT = "ocellus_split";

  /** When a classification comes too late, as {@code ce_time} is written: RFC 3339. */
  public static final String DEADLINE = "ocellus_deadline";

  /** Tag of the {@link io.ocellus.failure.FailureReason} of a dead letter. */
  public static final String REASON = "ocellus_reason";

  /** What went wrong with a dead letter, for people. */
  public static final String MESSAGE = "ocellus_message";

  /** Where in the service a dead letter failed. */
  public static final String STAGE = "ocellus_stage";

  public static final String MODEL_VERSION = "ocellus_model_version";
  public static final String SOURCE_TOPIC = "ocellus_source_topic";
  public static final String SOURCE_PARTITION = "ocellus_source_partition";
  public static final String SOURCE_OFFSET = "ocellus_source_offset";

  /** Timestamp of the source record, in milliseconds since 1970. */
  public static final String SOURCE_TIMESTAMP = "ocellus_source_timestamp";

  private EventHeaders() {}

  /** The last header of that name as text; empty where there is none or its value is null. */
  public static Optional<String> text(Headers headers, String name) {
    return Optional.ofNullable(headers.lastHeader(name))
        .map(Header::value)
        .map(value -> new String(value, StandardCharsets.UTF_8));
  }

  /** What such a header says of a time; empty where it does not. */
  public static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Sets that header to that text, in place of any other of the name. */
  public static Headers set(Headers headers, String name, String value) {
    return headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Headers of a new CloudEvent.
   *
   * @param id unique per source
   * @param source URI reference of what happened where, such as {@code /devices/camera-1}
   * @param type such as {@code io.ocellus.image}
   * @param time when it happened
   * @param contentType media type of the value
   */
  public static Headers cloudEvent(
      String id, String source, String type, Instant time, String contentType) {
    Headers headers = new RecordHeaders();
    set(headers, CE_SPECVERSION, "1.0");
    set(headers, CE_ID, id);
    set(headers, CE_SOURCE, source);
    set(headers, CE_TYPE, type);
    set(headers, CE_TIME, time.toString());
    return set(headers, CONTENT_TYPE, contentType);
  }

  /** The event's id: its {@code ce_id}, or {@code topic-partition-offset} where it has none. */
  public static String id(Headers headers, String topic, int partition, long offset) {
    return text(headers, CE_ID)
        .filter(id -> !id.isBlank())
        .orElseGet(() -> "%s-%d-%d".formatted(topic, partition, offset));
  }
}
