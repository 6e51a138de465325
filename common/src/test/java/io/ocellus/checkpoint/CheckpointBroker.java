package io.ocellus.checkpoint;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ocellus.testbed.Broker;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSettings;
import io.ocellus.topic.TopicSpec;
import io.ocellus.topic.Topics;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker on which each test has a checkpoint topic of its own. */
final class CheckpointBroker implements AutoCloseable {
  final Broker kafka = Broker.start();
  private final KafkaProducer<byte[], byte[]> anybody =
      new KafkaProducer<>(
          Map.copyOf(clients()), new ByteArraySerializer(), new ByteArraySerializer());
  private int prefixes;

  Map<String, String> clients() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  /** Names under which nothing has been written. */
  Topics fresh() {
    Topics topics = new Topics("test" + ++prefixes);
    create(topics);
    return topics;
  }

  /** Creates the checkpoint topic. */
  void create(Topics topics) {
    List<TopicSpec> checkpoints =
        TopicSpec.of(new TopicSettings(topics.prefix(), 1, -1)).stream()
            .filter(spec -> spec.name().equals(topics.checkpoints()))
            .toList();
    try (TopicAdmin admin = new TopicAdmin(clients())) {
      admin.ensure(checkpoints);
    }
  }

  CheckpointPublisher publisher(Topics topics, String model) {
    return new CheckpointPublisher(clients(), topics, model, 5);
  }

  CheckpointCatalog catalog(Topics topics) {
    return new CheckpointCatalog(clients(), topics);
  }

  CheckpointFollower follower(Topics topics, String model, Path spool, Heard heard) {
    return new CheckpointFollower(clients(), topics, model, spool, Trust.anyone(), heard);
  }

  /** Writes those records, outside of any transaction. */
  void write(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    List<Future<RecordMetadata>> sent = records.stream().map(anybody::send).toList();
    anybody.flush();
    for (Future<RecordMetadata> each : sent) {
      each.get();
    }
  }

  /** Bytes that the checkpoint topic's readers have taken so far; it has had one. */
  long bytesRead(Topics topics) throws JMException {
    ObjectName meter =
        new ObjectName(
            "kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec,topic="
                + topics.checkpoints());
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    assumeTrue(
        beans.isRegistered(
            new ObjectName("kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec")),
        "The broker does not run in this JVM");
    return (Long) beans.getAttribute(meter, "Count");
  }

  @Override
  public void close() {
    anybody.close();
    kafka.close();
  }
}
