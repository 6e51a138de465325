package io.ocellus.trainer.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.config.ConfigurationLoader;
import io.ocellus.image.Framing;
import io.ocellus.image.guard.ImageGuard;
import io.ocellus.testbed.Broker;
import io.ocellus.testbed.SyntheticImages;
import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSettings;
import io.ocellus.topic.TopicSpec;
import io.ocellus.topic.Topics;
import io.ocellus.trainer.TrainerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Of a labelled topic to which partitions were added: an image's records then lie in two. */
class LabelFollowerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  @AutoClose private static final Broker KAFKA = Broker.start();

  @TempDir private Path folder;
  private final Map<String, String> kafka = Map.of("bootstrap.servers", KAFKA.bootstrapServers());
  private final SyntheticImages synthetic = new SyntheticImages(16, 7);
  private final byte[] image = synthetic.png(synthetic.classes().get(0), 1);
  private Topics topics;

  @AutoClose
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(Map.copyOf(kafka), new StringSerializer(), new ByteArraySerializer());

  @BeforeEach
  void create(TestInfo test) {
    topics = new Topics(test.getTestMethod().orElseThrow().getName());
    try (TopicAdmin admin = new TopicAdmin(kafka)) {
      admin.ensure(TopicSpec.of(new TopicSettings(topics.prefix(), 2, 1)));
    }
  }

  @Test
  void theLaterOfAnImagesRecordsCountsWhicheverPartitionItLiesIn() throws Exception {
    send(1, "relabelled", "cat", 2000);
    send(1, "forgotten", null, 2000);
    send(0, "other", "cat", 1000);
    assertThat(labels()).isEqualTo(Map.of("relabelled", "cat", "other", "cat"));
    send(0, "relabelled", "dog", 1000);
    send(0, "forgotten", "dog", 1000);
    send(1, "other", "owl", 3000);
    send(1, "other", "dog", 2000);
    assertThat(labels())
        .as("in one partition the last counts, whatever its timestamp says")
        .isEqualTo(Map.of("relabelled", "cat", "other", "dog"));
  }

  @Test
  void partitionsThatAreAddedWhileItFollowsAreFollowedToo() throws Exception {
    send(0, "a", "cat", 1000);
    try (ImageStore store = ImageStore.open(folder, Framing.stretch(16));
        LabelFollower follower = follower(store);
        TopicAdmin admin = new TopicAdmin(kafka)) {
      follower.start();
      await().atMost(PATIENCE).until(follower::caughtUp);
      admin.grow(topics.labelledImages(), 4);
      send(3, "b", "dog", 2000);
      send(2, "a", "owl", 2000);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(labels(store)).isEqualTo(Map.of("a", "owl", "b", "dog")));
    }
  }

  private void send(int partition, String id, String label, long timestamp) throws Exception {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            topics.labelledImages(), partition, timestamp, id, label == null ? null : image);
    if (label != null) {
      record.headers().add(EventHeaders.LABEL, label.getBytes(UTF_8));
    }
    producer.send(record).get();
  }

  /** What is in the store once the topic is read to its end. */
  private Map<String, String> labels() throws Exception {
    try (ImageStore store = ImageStore.open(folder, Framing.stretch(16));
        LabelFollower follower = follower(store)) {
      follower.start();
      await().atMost(PATIENCE).until(follower::caughtUp);
      return labels(store);
    }
  }

  private Map<String, String> labels(ImageStore store) {
    Map<String, String> labels = new TreeMap<>();
    store
        .snapshot(topics.labelledImages())
        .entries()
        .forEach((id, entry) -> labels.put(id, entry.label()));
    return labels;
  }

  private LabelFollower follower(ImageStore store) {
    TrainerConfig config =
        new ConfigurationLoader<>(TrainerConfig.class).load(Map.of("state-dir", folder.toString()));
    return new LabelFollower(
        kafka,
        topics.labelledImages(),
        store,
        new ImageReader(config.image(), ImageGuard.inMemory()),
        (applied, lag) -> {});
  }
}
