package io.ocellus.cli.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends records as a user's program would, and waits for the broker's answer. */
final class Sender implements AutoCloseable {
  private final KafkaProducer<String, byte[]> producer;

  Sender(Map<String, String> client) {
    producer =
        new KafkaProducer<>(Map.copyOf(client), new StringSerializer(), new ByteArraySerializer());
  }

  void send(String topic, String key, byte[] value, Map<String, String> headers) throws Exception {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    producer.send(record).get();
  }

  @Override
  public void close() {
    producer.close();
  }
}
