package io.ocellus.cli.topics;

import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One user who tries everything that their role has no right to. */
final class Trespasser {
  private static final List<String> TOPICS =
      List.of(
          "ocellus.images",
          "ocellus.labelled-images",
          "ocellus.classifications",
          "ocellus.images-dead",
          "ocellus.checkpoints",
          "ocellus.training");

  private final Map<String, Object> client;
  private final List<String> succeeded = new ArrayList<>();

  Trespasser(Map<String, String> client) {
    this.client = new HashMap<>(client);
    this.client.put("max.block.ms", "20000");
    this.client.put("default.api.timeout.ms", "20000");
    this.client.put("request.timeout.ms", "20000");
  }

  /** Something to try. */
  interface Attempt {
    void run() throws Exception;
  }

  /** What was not refused. */
  List<String> succeedsIn(Role role, List<Right> rights) throws Exception {
    List<Right> own = rights.stream().filter(right -> right.role() == role).toList();
    for (String topic : TOPICS) {
      if (!covers(own, TOPIC, topic, WRITE)) {
        refused("write " + topic, () -> write(topic));
      }
      if (!covers(own, TOPIC, topic, READ)) {
        refused("read " + topic, () -> read(topic));
      }
      change(topic);
    }
    extend();
    for (String group :
        List.of("ocellus-inferencer-ocellus-default", "ocellus-inferencer", "other")) {
      if (!covers(own, GROUP, group, READ)) {
        refused("join group " + group, () -> join(group));
      }
    }
    for (String id :
        List.of("ocellus-inferencer-ocellus-default-1", "ocellus-trainer-ocellus-default", "x")) {
      if (!covers(own, TRANSACTIONAL_ID, id, WRITE)) {
        refused("be transactional id " + id, () -> transact(id));
      }
    }
    return succeeded;
  }

  private void change(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp shorter =
        new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(client)) {
      refused("delete " + topic, () -> admin.deleteTopics(List.of(topic)).all().get());
      refused(
          "configure " + topic,
          () -> admin.incrementalAlterConfigs(Map.of(resource, List.of(shorter))).all().get());
    }
  }

  private void extend() throws Exception {
    try (Admin admin = Admin.create(client)) {
      refused(
          "create another topic",
          () -> admin.createTopics(List.of(new NewTopic("ocellus.new", 1, (short) 1))).all().get());
      refused(
          "grant a right",
          () ->
              admin
                  .createAcls(
                      new Right(Role.READERS, TOPIC, "o", PREFIXED, List.of(WRITE), "")
                          .acls("User:*")
                          .toList())
                  .all()
                  .get());
    }
  }

  private void write(String topic) throws Exception {
    try (Sender sender = new Sender(strings())) {
      sender.send(topic, "k", new byte[1], Map.of());
    }
  }

  private void read(String topic) {
    try (Reading reading = new Reading(strings(), topic)) {
      for (int i = 0; i < 20; i++) {
        reading.next();
      }
    }
  }

  private void join(String group) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put("group.id", group);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(TOPICS.get(0), 0);
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)), Duration.ofSeconds(20));
    }
  }

  private void transact(String id) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put("transactional.id", id);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
    }
  }

  private Map<String, String> strings() {
    Map<String, String> strings = new HashMap<>();
    client.forEach((key, value) -> strings.put(key, value.toString()));
    return strings;
  }

  /** A client wraps the broker's refusal where another thread of it has read it first. */
  private void refused(String what, Attempt attempt) throws Exception {
    try {
      attempt.run();
      succeeded.add(what);
    } catch (KafkaException | ExecutionException e) {
      if (Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
          .noneMatch(AuthorizationException.class::isInstance)) {
        throw e;
      }
    }
  }

  private static boolean covers(
      List<Right> own, ResourceType resource, String name, AclOperation operation) {
    return own.stream()
        .filter(right -> right.resource() == resource && right.operations().contains(operation))
        .anyMatch(
            right ->
                right.pattern() == PREFIXED
                    ? name.startsWith(right.name())
                    : name.equals(right.name()));
  }
}
