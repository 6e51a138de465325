package io.ocellus.cli.data;

import io.ocellus.topic.TopicSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends images as fast as Kafka takes them and no faster: once the producer's buffer is full,
 * {@link #send} waits. Every acknowledgement is looked at; the first failure stops what follows.
 */
final class ImageProducer implements AutoCloseable {
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
          TopicSpec.MAX_IMAGE_RECORD_BYTES,
          ProducerConfig.BUFFER_MEMORY_CONFIG,
          2L * TopicSpec.MAX_IMAGE_RECORD_BYTES,
          ProducerConfig.LINGER_MS_CONFIG,
          5);

  private final Producer<String, byte[]> producer;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  ImageProducer(Map<String, String> kafka) {
    Map<String, Object> properties = new HashMap<>(DEFAULTS);
    properties.putAll(kafka);
    producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }

  /** Hands over one record; throws where this or an earlier one failed. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback sees the outcome
  void send(String topic, String key, byte[] value, Headers headers) {
    checkFailure();
    producer.send(
        new ProducerRecord<>(topic, null, null, key, value, headers),
        (metadata, error) -> {
          if (error == null) {
            acknowledged.incrementAndGet();
          } else {
            failure.compareAndSet(null, error);
          }
        });
  }

  /** Records that Kafka has. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** Waits until Kafka has everything; throws where it refused something. */
  void flush() {
    producer.flush();
    checkFailure();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(10));
  }

  private void checkFailure() {
    Exception error = failure.get();
    if (error != null) {
      throw new IllegalStateException("Kafka did not take an image: " + error.getMessage(), error);
    }
  }
}
