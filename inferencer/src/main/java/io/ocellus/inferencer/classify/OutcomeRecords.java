package io.ocellus.inferencer.classify;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.inferencer.Classification;
import io.ocellus.inferencer.Skip;
import io.ocellus.service.Json;
import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.EventTrace;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** Outcomes as records: a result, or the image as it came with the reason in its headers. */
final class OutcomeRecords {
  private static final String JSON = "application/json";
  private static final int MESSAGE_LENGTH = 1000;

  private OutcomeRecords() {}

  /** The record of the classifications topic: keyed and timed as the image was. */
  static Record<byte[], byte[]> result(ImageEvent event, Outcome.Classified outcome) {
    Headers headers = headers(event, outcome, Classification.TYPE, outcome.at());
    byte[] value = json(classification(event, outcome));
    return new Record<>(event.key(), value, event.timestamp(), headers);
  }

  /** The record of the classifications topic that says that there is none. */
  static Record<byte[], byte[]> skip(ImageEvent event, Outcome.Skipped outcome) {
    Headers headers = headers(event, outcome, Skip.TYPE, outcome.at());
    Manifest model = outcome.model();
    Skip skip =
        new Skip(
            event.id(),
            event.device(),
            model.model(),
            model.version(),
            event.captured(),
            outcome.deadline(),
            outcome.at(),
            event.source());
    return new Record<>(event.key(), json(skip), event.timestamp(), headers);
  }

  private static Headers headers(ImageEvent event, Outcome outcome, String type, Instant at) {
    Headers headers =
        EventHeaders.cloudEvent(
            event.id(), "/ocellus/models/" + outcome.model().model(), type, at, JSON);
    EventTrace.copy(event.headers(), headers);
    return headers;
  }

  /** The record of the dead-letter topic. */
  static Record<byte[], byte[]> deadLetter(ImageEvent event, Outcome.Dead outcome) {
    Headers headers = new RecordHeaders(event.headers().toArray());
    Classification.Source source = event.source();
    EventHeaders.set(headers, EventHeaders.REASON, outcome.reason().tag());
    EventHeaders.set(headers, EventHeaders.MESSAGE, brief(outcome.message()));
    EventHeaders.set(headers, EventHeaders.STAGE, Stage.of(outcome.reason()).tag());
    EventHeaders.set(
        headers, EventHeaders.MODEL_VERSION, Integer.toString(outcome.model().version()));
    EventHeaders.set(headers, EventHeaders.SOURCE_TOPIC, source.topic());
    EventHeaders.set(headers, EventHeaders.SOURCE_PARTITION, Integer.toString(source.partition()));
    EventHeaders.set(headers, EventHeaders.SOURCE_OFFSET, Long.toString(source.offset()));
    EventHeaders.set(headers, EventHeaders.SOURCE_TIMESTAMP, Long.toString(event.timestamp()));
    return new Record<>(event.key(), event.value(), event.timestamp(), headers);
  }

  /** A message may quote what the record carried, of whatever length. */
  private static String brief(String message) {
    return message.length() <= MESSAGE_LENGTH
        ? message
        : message.substring(0, MESSAGE_LENGTH) + "…";
  }

  private static Classification classification(ImageEvent event, Outcome.Classified outcome) {
    Manifest model = outcome.model();
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (int i = 0; i < model.classes().size(); i++) {
      probabilities.put(model.classes().get(i), (double) outcome.probabilities()[i]);
    }
    return new Classification(
        event.id(),
        event.device(),
        outcome.label(),
        outcome.probabilities()[outcome.best()],
        probabilities,
        model.model(),
        model.version(),
        event.captured(),
        outcome.at(),
        event.source());
  }

  private static byte[] json(Object value) {
    try {
      return Json.MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("%s cannot be written as JSON".formatted(value), e);
    }
  }
}
