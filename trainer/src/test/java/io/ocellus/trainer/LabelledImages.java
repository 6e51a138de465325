package io.ocellus.trainer;

import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends labelled images as a user's tool would, and waits until the broker has them. */
final class LabelledImages implements AutoCloseable {
  private static final int LARGEST = 25_000_000;

  private final KafkaProducer<String, byte[]> producer;
  private final String topic;
  private final SyntheticImages images;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  LabelledImages(String bootstrapServers, String topic, int size) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "max.request.size", LARGEST),
            new StringSerializer(),
            new ByteArraySerializer());
    this.topic = topic;
    this.images = new SyntheticImages(size, 7);
  }

  List<String> classes() {
    return images.classes();
  }

  /** Images of every class, from that index up to the other. */
  void send(List<String> classes, int from, int to) {
    for (int i = from; i < to; i++) {
      for (String label : classes) {
        send(label + "-" + i, label, images.png(label, i));
      }
    }
    flush();
  }

  void send(String id, String label, byte[] value) {
    Headers headers = new RecordHeaders();
    headers.add(EventHeaders.LABEL, label.getBytes(StandardCharsets.UTF_8));
    sent.add(producer.send(new ProducerRecord<>(topic, null, id, value, headers)));
  }

  void forget(String id) {
    sent.add(producer.send(new ProducerRecord<>(topic, id, null)));
  }

  byte[] broken(SyntheticImages.Broken kind) {
    return images.broken(kind);
  }

  void flush() {
    try {
      for (Future<RecordMetadata> future : sent) {
        future.get();
      }
      sent.clear();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
