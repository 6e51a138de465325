package io.ocellus.cli.topics;

import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.topic.Topics;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The least that each role needs on Kafka, where somebody else has created the topics. The one home
 * of the list: {@code ocellus topics acls}, the documentation, the Strimzi overlay and the tests
 * take it from here.
 */
public final class Rights {
  private Rights() {}

  /**
   * Of all roles.
   *
   * @param applicationId the inferencer's {@code streams.application-id}
   * @param model that the trainer trains
   */
  public static List<Right> of(Topics topics, String applicationId, String model) {
    String all = topics.prefix() + ".";
    return List.of(
        topics(Role.INFERENCER, all, "sees at its start that they are there", DESCRIBE),
        topic(Role.INFERENCER, topics.images(), "classifies them", READ),
        topic(Role.INFERENCER, topics.checkpoints(), "serves the newest", READ),
        topic(Role.INFERENCER, topics.classifications(), "its results", WRITE),
        topic(Role.INFERENCER, topics.imagesDead(), "what it could not classify", WRITE),
        topics(
            Role.INFERENCER,
            applicationId + "-",
            "changelogs of what is in flight, grown with the images topic",
            CREATE,
            ALTER,
            READ,
            WRITE),
        right(Role.INFERENCER, GROUP, applicationId, LITERAL, "shares the partitions", READ),
        right(
            Role.INFERENCER,
            GROUP,
            "ocellus-inferencer",
            LITERAL,
            "whether version 0.1 has left its positions there",
            DESCRIBE),
        right(
            Role.INFERENCER,
            TRANSACTIONAL_ID,
            applicationId + "-",
            PREFIXED,
            "exactly once",
            WRITE),
        topics(Role.TRAINER, all, "sees at its start that they are there", DESCRIBE),
        topic(
            Role.TRAINER,
            topics.labelledImages(),
            "learns from them; how long tombstones stay",
            READ,
            DESCRIBE_CONFIGS),
        topic(Role.TRAINER, topics.checkpoints(), "publishes, and compares with", READ, WRITE),
        topic(Role.TRAINER, topics.training(), "its progress", WRITE),
        right(
            Role.TRAINER,
            TRANSACTIONAL_ID,
            CheckpointPublisher.transactionalId(topics, model),
            LITERAL,
            "a version whole or not at all",
            WRITE),
        topic(Role.DEVICES, topics.images(), "send them", WRITE),
        topic(Role.LABELLERS, topics.labelledImages(), "send and forget them", WRITE),
        topic(Role.READERS, topics.classifications(), "results; a group of their own beside", READ),
        topic(Role.READERS, topics.imagesDead(), "dead letters", READ),
        topic(Role.READERS, topics.training(), "progress of training", READ),
        topic(Role.AUTOSCALER, topics.images(), "where it ends", DESCRIBE),
        right(
            Role.AUTOSCALER,
            GROUP,
            applicationId,
            LITERAL,
            "how far the inferencers have come",
            DESCRIBE));
  }

  private static Right topic(Role role, String name, String reason, AclOperation... operations) {
    return right(role, TOPIC, name, LITERAL, reason, operations);
  }

  private static Right topics(Role role, String prefix, String reason, AclOperation... operations) {
    return right(role, TOPIC, prefix, PREFIXED, reason, operations);
  }

  private static Right right(
      Role role,
      ResourceType resource,
      String name,
      PatternType pattern,
      String reason,
      AclOperation... operations) {
    return new Right(role, resource, name, pattern, List.of(operations), reason);
  }
}
