package io.ocellus.topic;

import io.ocellus.config.Setting;

/** The topics that both services must agree on. */
public record TopicSettings(
    @Setting(byDefault = "ocellus", help = "What every topic's name begins with, before a dot.")
        String prefix,
    @Setting(
            byDefault = "4",
            min = "1",
            max = "10000",
            help =
                "Partitions of topics that this service creates; the checkpoint topic always has one.")
        int partitions,
    @Setting(
            byDefault = "-1",
            min = "-1",
            max = "100",
            help = "Replicas of topics that this service creates; -1 takes the broker's default.")
        int replicationFactor) {
  public TopicSettings {
    if (!prefix.matches("[a-zA-Z0-9._-]{1,200}")) {
      throw new IllegalArgumentException(
          "topics.prefix must be 1 to 200 letters, digits, dots, underscores and dashes, not '%s'"
              .formatted(prefix));
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("topics.partitions must be 1 or more, not " + partitions);
    }
    if (replicationFactor == 0) {
      throw new IllegalArgumentException(
          "topics.replication-factor must be from -1 to 100, where -1 is the broker's default, and not '0'");
    }
  }

  /** Their names. */
  public Topics topics() {
    return new Topics(prefix);
  }
}
