package io.ocellus.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  private static final TopicPartition PARTITION = new TopicPartition("letters", 0);

  @Test
  void keepsItsPortAndItsDataOverARestart() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      String address = kafka.bootstrapServers();
      createTopic(address);
      send(address, "before");

      kafka.stop();
      kafka.restart();
      send(address, "after");

      assertThat(kafka.bootstrapServers()).isEqualTo(address);
      assertThat(read(address, 2)).containsExactly("before", "after");
    }
  }

  @Test
  void continuesAFolderThatWasGivenToItAndKeepsItWhenClosed(@TempDir Path folder) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(0, folder.resolve("broker"))) {
      createTopic(kafka.bootstrapServers());
      send(kafka.bootstrapServers(), "kept");
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(0, folder.resolve("broker"))) {
      assertThat(read(kafka.bootstrapServers(), 1)).containsExactly("kept");
    }
  }

  @Test
  void offersTransactionsAndTheStreamsGroupProtocol() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      Map<String, ?> features =
          admin.describeFeatures().featureMetadata().get().finalizedFeatures();

      assertThat(features).containsKeys("streams.version", "transaction.version");
    }
  }

  private static void createTopic(String address) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1))).all().get();
      admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest())).all().get();
    }
  }

  private static void send(String address, String value) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", address, "transactional.id", "writer");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(PARTITION.topic(), value)).get();
      producer.commitTransaction();
    }
  }

  private static List<String> read(String address, int count) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", address, "isolation.level", "read_committed");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (values.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
