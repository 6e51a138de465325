package io.ocellus.topic;

import io.ocellus.config.Setting;

/** The topics that both services must agree on. */
public record TopicSettings(
    @Setting(byDefault = "ocellus", help = "What every topic's name begins with, before a dot.")
        String prefix,
    @Setting(
            byDefault = "4",
            help =
                "Partitions of topics that this service creates; the checkpoint topic always has one.")
        int partitions,
    @Setting(
            byDefault = "-1",
            help = "Replicas of topics that this service creates; -1 takes the broker's default.")
        int replicationFactor) {
  public TopicSettings {
    if (partitions < 1) {
      throw new IllegalArgumentException("topics.partitions must be 1 or more, not " + partitions);
    }
  }

  /** Their names. */
  public Topics topics() {
    return new Topics(prefix);
  }
}
