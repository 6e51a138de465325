package io.ocellus.cli.topics;

import io.ocellus.cli.options.KafkaOptions;
import io.ocellus.topic.TopicAdmin;
import io.ocellus.topic.TopicSettings;
import io.ocellus.topic.TopicSpec;
import io.ocellus.topic.Topics;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the topics are to be, where they are. */
final class TopicOptions {
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Of each topic but those that need exactly one; 4 if nothing else is said.")
  private Integer partitions;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      description = "Replicas of each topic; the broker's default if nothing else is said.")
  private Integer replicationFactor;

  TopicAdmin admin() {
    return new TopicAdmin(kafka.impatientProperties());
  }

  Topics topics() {
    return kafka.topics();
  }

  List<TopicSpec> specs() {
    TopicSettings settings = kafka.topicSettings();
    return TopicSpec.of(
        new TopicSettings(
            settings.prefix(),
            partitions == null ? settings.partitions() : partitions,
            replicationFactor == null ? settings.replicationFactor() : replicationFactor));
  }
}
