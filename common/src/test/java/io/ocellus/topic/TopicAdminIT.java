package io.ocellus.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.testbed.Broker;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicAdminIT {
  private static Broker kafka;
  private static Map<String, String> clients;

  @BeforeAll
  static void start() {
    kafka = Broker.start();
    clients = Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void createsWhatIsMissingAndFindsNothingWrongAfterwards() {
    List<TopicSpec> specs = TopicSpec.of(new TopicSettings("whole", 3, -1));
    try (TopicAdmin admin = new TopicAdmin(clients)) {
      assertThat(admin.problems(specs)).hasSize(6).contains("Topic whole.images is missing.");

      admin.ensure(specs);
      admin.ensure(specs);

      assertThat(admin.problems(specs)).isEmpty();
    }
  }

  @Test
  void saysWhatIsWrongWithTopicsThatOthersMade() throws Exception {
    try (Admin other = Admin.create(Map.copyOf(clients))) {
      other
          .createTopics(
              List.of(
                  new NewTopic("odd.checkpoints", 2, (short) 1),
                  new NewTopic("odd.images", 1, (short) 1)))
          .all()
          .get();
    }
    try (TopicAdmin admin = new TopicAdmin(clients)) {
      List<TopicSpec> specs = TopicSpec.of(new TopicSettings("odd", 4, -1));
      admin.ensure(specs);

      assertThat(
              admin.problems(specs).stream()
                  .map(problem -> problem.replaceFirst(": kafka-configs.*", "")))
          .containsExactlyInAnyOrder(
              "Topic odd.images has 1 partitions, fewer than the 4 of topics.partitions.",
              "Topic odd.images has max.message.bytes=1048588 and needs at least 33554432",
              "Topic odd.images has compression.type=producer and needs uncompressed",
              "Topic odd.images has message.timestamp.type=CreateTime and needs LogAppendTime",
              "Topic odd.checkpoints has 2 partitions and must have exactly one: chunks are read in"
                  + " order.",
              "Topic odd.checkpoints has compression.type=producer and needs uncompressed",
              "Topic odd.checkpoints has cleanup.policy=delete and needs compact",
              "Topic odd.checkpoints has max.compaction.lag.ms=9223372036854775807 and needs at"
                  + " most 3600000",
              "Topic odd.checkpoints has segment.bytes=1073741824 and needs at most 33554432");
      assertThat(admin.problems(specs))
          .contains(
              "Topic odd.images has compression.type=producer and needs uncompressed:"
                  + " kafka-configs.sh --bootstrap-server ADDRESS --alter --topic odd.images"
                  + " --add-config compression.type=uncompressed");
    }
  }

  @Test
  void namesTheTopicThatKafkaRefuses() {
    List<TopicSpec> specs = List.of(new TopicSpec("too.many", "a key", "a value", 1, 3, Map.of()));
    try (TopicAdmin admin = new TopicAdmin(clients)) {
      assertThatThrownBy(() -> admin.ensure(specs))
          .isInstanceOf(TopicException.class)
          .hasMessageContaining("did not create topic too.many")
          .hasMessageContaining("replication factor");
    }
  }
}
