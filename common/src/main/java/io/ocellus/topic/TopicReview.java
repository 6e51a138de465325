package io.ocellus.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Holds a topic against its specification. What merely differs is left alone (more partitions,
 * other retention); what would lose data or refuse records is a problem.
 */
final class TopicReview {
  private static final Set<String> AT_LEAST = Set.of("max.message.bytes", "delete.retention.ms");
  private static final Set<String> AT_MOST = Set.of("segment.bytes", "max.compaction.lag.ms");

  private TopicReview() {}

  /** One sentence for each problem. */
  static List<String> problems(TopicSpec spec, TopicDescription topic, Config config) {
    List<String> problems = new ArrayList<>();
    partitions(spec, topic.partitions().size()).ifPresent(problems::add);
    replicas(spec, topic).ifPresent(problems::add);
    spec.configs().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            wanted ->
                config(spec.name(), wanted.getKey(), wanted.getValue(), config)
                    .ifPresent(problems::add));
    return problems;
  }

  private static Optional<String> partitions(TopicSpec spec, int actual) {
    if (spec.ordered() && actual != 1) {
      return Optional.of(
          "Topic %s has %d partitions and must have exactly one: chunks are read in order."
              .formatted(spec.name(), actual));
    }
    if (actual < spec.partitions()) {
      return Optional.of(
          "Topic %s has %d partitions, fewer than the %d of topics.partitions."
              .formatted(spec.name(), actual, spec.partitions()));
    }
    return Optional.empty();
  }

  private static Optional<String> replicas(TopicSpec spec, TopicDescription topic) {
    int fewest = topic.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(0);
    return fewest < spec.replicationFactor()
        ? Optional.of(
            "Topic %s has %d replicas, fewer than the %d of topics.replication-factor."
                .formatted(spec.name(), fewest, spec.replicationFactor()))
        : Optional.empty();
  }

  private static Optional<String> config(String topic, String key, String wanted, Config config) {
    String actual = Optional.ofNullable(config.get(key)).map(ConfigEntry::value).orElse("");
    if (AT_LEAST.contains(key)) {
      return Long.parseLong(actual) < Long.parseLong(wanted)
          ? Optional.of(sentence(topic, key, actual, "at least ", wanted))
          : Optional.empty();
    }
    if (AT_MOST.contains(key)) {
      return Long.parseLong(actual) > Long.parseLong(wanted)
          ? Optional.of(sentence(topic, key, actual, "at most ", wanted))
          : Optional.empty();
    }
    return actual.equals(wanted)
        ? Optional.empty()
        : Optional.of(sentence(topic, key, actual, "", wanted));
  }

  private static String sentence(
      String topic, String key, String actual, String bound, String wanted) {
    return ("Topic %s has %s=%s and needs %s%s: kafka-configs.sh --bootstrap-server ADDRESS --alter"
            + " --topic %s --add-config %s=%s")
        .formatted(topic, key, actual, bound, wanted, topic, key, wanted);
  }
}
