package io.ocellus.checkpoint;

import io.ocellus.config.TopicSettings;
import io.ocellus.testbed.EmbeddedKafka;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSpec;
import io.ocellus.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker on which each test has a checkpoint topic of its own. */
final class CheckpointBroker implements AutoCloseable {
  final EmbeddedKafka kafka = EmbeddedKafka.start();
  private int prefixes;

  Map<String, String> clients() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  /** Names under which nothing has been written. */
  Topics fresh() {
    TopicSettings settings = new TopicSettings("test" + ++prefixes, 1, -1);
    List<TopicSpec> checkpoints =
        TopicSpec.of(settings).stream()
            .filter(spec -> spec.name().equals(settings.topics().checkpoints()))
            .toList();
    try (TopicAdmin admin = new TopicAdmin(clients())) {
      admin.ensure(checkpoints);
    }
    return settings.topics();
  }

  CheckpointPublisher publisher(Topics topics, String model) {
    return new CheckpointPublisher(clients(), topics, model, 5);
  }

  CheckpointCatalog catalog(Topics topics) {
    return new CheckpointCatalog(clients(), topics);
  }

  CheckpointFollower follower(Topics topics, String model, Path spool, Heard heard) {
    return new CheckpointFollower(clients(), topics, model, spool, heard);
  }

  /** A producer with which anything can be written. */
  KafkaProducer<byte[], byte[]> anybody() {
    return new KafkaProducer<>(
        Map.copyOf(clients()), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Writes those records, outside of any transaction. */
  void write(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = anybody()) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        producer.send(record).get();
      }
    }
  }

  @Override
  public void close() {
    kafka.close();
  }
}
