package io.ocellus.cli.topics;

import io.ocellus.inferencer.InferencerConfig;
import io.ocellus.topic.Topics;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which inferencers, by their model or their consumer group. */
final class GroupOptions {
  @Option(
      names = "--application-id",
      paramLabel = "ID",
      description =
          "The inferencers' streams.application-id; ocellus-inferencer-PREFIX-MODEL if not said.")
  private Optional<String> applicationId = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "The model of trainer and inferencers; default if not said.")
  private String model;

  String model() {
    return model;
  }

  String applicationId(Topics topics) {
    return applicationId.orElse(InferencerConfig.applicationId(topics, model));
  }
}
