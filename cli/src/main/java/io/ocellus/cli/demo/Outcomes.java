package io.ocellus.cli.demo;

import io.ocellus.inferencer.Classification;
import io.ocellus.service.Json;
import io.ocellus.topic.EventHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the records of the two topics of outcomes. */
final class Outcomes {
  private Outcomes() {}

  static Outcome dead(ConsumerRecord<byte[], byte[]> letter, Instant now) {
    String id =
        EventHeaders.id(letter.headers(), letter.topic(), letter.partition(), letter.offset());
    String reason = EventHeaders.text(letter.headers(), EventHeaders.REASON).orElse("unknown");
    return new Outcome.Dead(id, reason, now);
  }

  static Outcome classified(byte[] value, Instant now) {
    try {
      Classification result = Json.MAPPER.readValue(value, Classification.class);
      return new Outcome.Classified(
          result.id(), result.label(), result.probability(), result.version(), now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
