package io.ocellus.inferencer;

import static org.awaitility.Awaitility.await;

import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.config.ConfigurationLoader;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSpec;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One inferencer's topics on a broker of the test: sends images, publishes models, reads back. */
final class Stream implements AutoCloseable {
  static final int PARTITIONS = 2;
  private static final int LARGE = 30_000;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Map<String, String> kafka;
  private final Map<String, String> settings = new HashMap<>();
  private final Topics topics;
  private final KafkaProducer<byte[], byte[]> producer;
  private final CheckpointPublisher publisher;
  private final List<Future<RecordMetadata>> sending = new ArrayList<>();
  private final Path folder;

  Stream(String bootstrapServers, String prefix, Path folder) {
    this.kafka = Map.of("bootstrap.servers", bootstrapServers);
    this.topics = new Topics(prefix);
    this.folder = folder;
    settings.put("kafka.bootstrap.servers", bootstrapServers);
    settings.put("topics.prefix", prefix);
    settings.put("topics.partitions", Integer.toString(PARTITIONS));
    settings.put("state-dir", folder.resolve("state").toString());
    settings.put("http.port", "0");
    createTopics();
    this.producer =
        new KafkaProducer<>(
            new HashMap<>(kafka), new ByteArraySerializer(), new ByteArraySerializer());
    this.publisher = new CheckpointPublisher(kafka, topics, TestModel.NAME, 3);
  }

  Stream with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  Map<String, String> settings() {
    return settings;
  }

  /** The consumer group of its inferencers. */
  String group() {
    return settings.getOrDefault(
        "streams.application-id", InferencerConfig.applicationId(topics, config().model()));
  }

  Path stateDir() {
    return Path.of(settings.get("state-dir"));
  }

  Map<String, String> kafka() {
    return kafka;
  }

  Topics topics() {
    return topics;
  }

  InferencerConfig config() {
    return new ConfigurationLoader<>(InferencerConfig.class).load(settings);
  }

  /** Starts an inferencer on them. */
  Inferencer start(InferencerListener... listeners) {
    Inferencer inferencer = new Inferencer(config(), listeners);
    inferencer.start();
    return inferencer;
  }

  /** Waits for so many results and dead letters. */
  void awaitOutcomes(int count) {
    await().atMost(PATIENCE).until(() -> Results.of(this).size() >= count);
  }

  /** Publishes a folder that holds what a test put there. */
  Manifest publish(Manifest draft, Path directory) {
    return publisher.publish(draft, directory);
  }

  Manifest publish(TestModel model) {
    try {
      Path directory = Files.createTempDirectory(folder, "model");
      return publish(model.write(directory), directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that are missing. */
  void createTopics() {
    try (TopicAdmin admin = new TopicAdmin(kafka)) {
      admin.ensure(TopicSpec.of(config().topics()));
    }
  }

  /** Sets what the broker knows of a topic or a group. */
  void configure(ConfigResource.Type type, String name, Map<String, String> values) {
    List<AlterConfigOp> operations =
        values.entrySet().stream()
            .map(value -> new ConfigEntry(value.getKey(), value.getValue()))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    try (Admin admin = Admin.create(new HashMap<>(kafka))) {
      admin
          .incrementalAlterConfigs(Map.of(new ConfigResource(type, name), operations))
          .all()
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    }
  }

  void send(String device, byte[] image) {
    send(new ProducerRecord<>(topics.images(), device.getBytes(StandardCharsets.UTF_8), image));
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    sending.add(producer.send(record));
  }

  /** Waits until the broker has all of it. */
  void flush() {
    producer.flush();
    for (Future<RecordMetadata> each : sending) {
      try {
        each.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException("The test could not send", e);
      }
    }
    sending.clear();
  }

  /** How far results and dead letters reach, in offsets: a quick measure of progress. */
  long reach() {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return java.util.stream.Stream.of(topics.classifications(), topics.imagesDead())
          .flatMap(topic -> consumer.endOffsets(partitions(consumer, topic)).values().stream())
          .mapToLong(Long::longValue)
          .sum();
    }
  }

  /** All committed records of a topic, partition by partition. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("isolation.level", "read_committed");
    properties.put("max.poll.records", "10000");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(r -> records.add(kept(r)));
      }
    }
    records.sort(
        Comparator.comparingInt((ConsumerRecord<byte[], byte[]> r) -> r.partition())
            .thenComparingLong(ConsumerRecord::offset));
    return records;
  }

  /** Without the bytes of a large image, so that there is room for many dead letters. */
  private static ConsumerRecord<byte[], byte[]> kept(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null || record.value().length < LARGE) {
      return record;
    }
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.timestampType(),
        record.serializedKeySize(),
        record.serializedValueSize(),
        record.key(),
        new byte[0],
        record.headers(),
        record.leaderEpoch());
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  @Override
  public void close() {
    publisher.close();
    producer.close();
  }
}
