package io.ocellus.cli.demo;

import io.ocellus.topic.EventHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The simulated devices: they take turns and book every image before they send it. */
final class Fleet implements AutoCloseable {
  private static final int DEVICES = 4;

  private final KafkaProducer<String, byte[]> producer;
  private final String topic;
  private final Ledger ledger;
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private int sent;

  Fleet(Map<String, String> kafka, String topic, Ledger ledger) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("linger.ms", 0);
    this.producer =
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    this.topic = topic;
    this.ledger = ledger;
  }

  /** Sends the next image from the next device. */
  void send(StreamImage image) {
    if (failure.isCompletedExceptionally()) {
      failure.join();
    }
    String device = "camera-" + (1 + sent++ % DEVICES);
    byte[] bytes = image.bytes().get();
    Instant now = Instant.now();
    Headers headers =
        EventHeaders.cloudEvent(
            image.id(), "/devices/" + device, "io.ocellus.image", now, contentType(bytes));
    ledger.sent(new SentImage(image.id(), device, image.truth(), now));
    producer.send(
        new ProducerRecord<>(topic, null, device, bytes, headers),
        (metadata, e) -> Optional.ofNullable(e).ifPresent(failure::completeExceptionally));
  }

  private static String contentType(byte[] bytes) {
    return bytes.length > 1 && (bytes[0] & 0xff) == 0x89 ? "image/png" : "image/jpeg";
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(10));
  }
}
