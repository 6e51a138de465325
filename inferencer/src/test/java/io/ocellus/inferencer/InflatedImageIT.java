package io.ocellus.inferencer;

import static org.awaitility.Awaitility.await;

import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A record that inflates beyond the heap, stored before the broker refused such. */
@Timeout(180)
class InflatedImageIT {
  private static final int INFLATED = 400 * 1024 * 1024;
  private static final String TROUBLE = "The JVM is in trouble";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  @AutoClose private static final Broker KAFKA = Broker.start();

  @TempDir Path folder;
  private final SyntheticImages synthetic = new SyntheticImages(32, 7);

  @Test
  void whatLiesBehindItIsClassifiedOnceTheGroupsOffsetIsSetBeyond() throws Exception {
    try (Stream stream = new Stream(KAFKA.bootstrapServers(), "inflated", folder)) {
      stream
          .with("kafka.session.timeout.ms", "1200")
          .with("kafka.heartbeat.interval.ms", "250")
          .publish(TestModel.of(32, "cat", "dog"));
      stream.configure(
          ConfigResource.Type.TOPIC,
          stream.topics().images(),
          Map.of("compression.type", "producer"));
      RecordMetadata inflated = sendInflated(stream);
      byte[] image = synthetic.png(synthetic.classes().get(0), 1);
      for (int i = 0; i < 10; i++) {
        stream.send("camera-" + i, image);
      }
      stream.flush();
      dies(stream, "once");
      dies(stream, "again");
      skip(stream, inflated);
      try (InferencerProcess process =
          InferencerProcess.start(stream.settings(), folder.resolve("skipped"))) {
        await()
            .atMost(PATIENCE)
            .failFast(() -> !process.isAlive())
            .until(() -> Results.of(stream).lost(10) == 0);
      }
      Results.of(stream).assertExactlyOnceInOrder(10);
    }
  }

  private void dies(Stream stream, String log) {
    Path path = folder.resolve(log);
    try (InferencerProcess process = InferencerProcess.start(stream.settings(), path)) {
      await()
          .atMost(PATIENCE)
          .failFast(() -> !process.isAlive())
          .until(() -> text(path).contains(TROUBLE));
    }
  }

  /** As {@code kafka-consumer-groups.sh --reset-offsets --to-offset} does. */
  private static void skip(Stream stream, RecordMetadata record) {
    String group = stream.group();
    OffsetAndMetadata next = new OffsetAndMetadata(record.offset() + 1);
    try (Admin admin = Admin.create(new HashMap<>(stream.kafka()))) {
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  admin
                      .alterConsumerGroupOffsets(
                          group,
                          Map.of(new TopicPartition(record.topic(), record.partition()), next))
                      .all()
                      .get());
    }
  }

  private static RecordMetadata sendInflated(Stream stream) throws Exception {
    Map<String, Object> properties = new HashMap<>(stream.kafka());
    properties.put("compression.type", "zstd");
    properties.put("max.request.size", 2 * INFLATED);
    properties.put("buffer.memory", 2L * INFLATED);
    try (KafkaProducer<byte[], byte[]> hostile =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      return hostile.send(new ProducerRecord<>(stream.topics().images(), new byte[INFLATED])).get();
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
