package io.ocellus.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ocellus.service.Json;
import io.ocellus.topic.EventHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every event to {@code ocellus.training}. A topic that fails does not stop a run. */
final class EventsToTopic implements TrainingListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventsToTopic.class);
  private static final int MAX_BLOCK_MILLIS = 5_000;

  private final String topic;
  private final Producer<String, byte[]> producer;

  EventsToTopic(Map<String, String> kafka, String topic) {
    this.topic = topic;
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.putIfAbsent("max.block.ms", MAX_BLOCK_MILLIS);
    producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
  public void on(TrainingEvent event) {
    try {
      producer.send(
          new ProducerRecord<>(
              topic,
              null,
              event.time().toEpochMilli(),
              event.run(),
              Json.MAPPER.writeValueAsBytes(event),
              EventHeaders.cloudEvent(
                  UUID.randomUUID().toString(),
                  "/trainers/" + event.model(),
                  "io.ocellus.training." + event.type(),
                  event.time(),
                  "application/json")),
          (metadata, failure) -> {
            if (failure != null) {
              lost(event, failure);
            }
          });
    } catch (JsonProcessingException | KafkaException e) {
      lost(event, e);
    }
  }

  private void lost(TrainingEvent event, Exception failure) {
    log.warn(
        "The {} event could not be written to {}: {}", event.type(), topic, failure.getMessage());
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
