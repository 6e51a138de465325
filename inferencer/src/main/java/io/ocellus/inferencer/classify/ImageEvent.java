package io.ocellus.inferencer.classify;

import io.ocellus.inferencer.Classification.Source;
import io.ocellus.topic.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of the images topic with all that a result or a dead letter must say of it. It carries
 * its own metadata because results are forwarded when Kafka Streams has long gone on to other
 * records.
 *
 * @param source where it lay
 * @param timestamp of the record, in milliseconds since 1970
 * @param key the device; may be missing
 * @param value the encoded image; may be missing
 * @param headers as they came
 */
@SuppressWarnings("ArrayRecordComponent")
record ImageEvent(
    Source source,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    Headers headers) {
  private static final int LONGEST_NAME = 16 * 1024;

  String id() {
    return EventHeaders.id(headers, source.topic(), source.partition(), source.offset());
  }

  /** Whether a result, which repeats key and id, could outgrow its topic's records. */
  boolean nameTooLong() {
    return (key != null && key.length > LONGEST_NAME) || id().length() > LONGEST_NAME;
  }

  @Nullable String device() {
    return key == null ? null : new String(key, StandardCharsets.UTF_8);
  }

  Instant captured() {
    return EventHeaders.text(headers, EventHeaders.CE_TIME)
        .flatMap(EventHeaders::instant)
        .orElseGet(() -> Instant.ofEpochMilli(timestamp));
  }
}
