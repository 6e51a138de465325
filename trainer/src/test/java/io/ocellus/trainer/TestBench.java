package io.ocellus.trainer;

import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.CheckpointPublisher;
import io.ocellus.checkpoint.Trust;
import io.ocellus.config.ConfigurationLoader;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the trainers of a test have in common: a broker, topics and a folder.
 *
 * @param prefix of the topics
 * @param folder for their state
 */
record TestBench(String bootstrapServers, String prefix, Path folder) {
  /** Width and height of the network's input. */
  static final int SIZE = 16;

  /** Of a trainer whose network learns in seconds. */
  TrainerConfig config(Map<String, String> overrides) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", bootstrapServers);
    values.put("topics.prefix", prefix);
    values.put("topics.partitions", "2");
    values.put("topics.replication-factor", "1");
    values.put("state-dir", folder.toString());
    values.put("http.port", "0");
    values.put("device", "cpu");
    values.put("network.name", "se-densenet-light");
    values.put("network.options.growth-rate", "4");
    values.put("network.options.block-config", "1,1");
    values.put("network.size", Integer.toString(SIZE));
    values.put("training.epochs", "3");
    values.put("training.learning-rate", "0.01");
    values.put("gate.margin", "1");
    values.put("gate.class-margin", "1");
    values.put("retrain.quiet", "300ms");
    values.put("retrain.after-labels", "0");
    values.putAll(overrides);
    return new ConfigurationLoader<>(TrainerConfig.class).load(values);
  }

  LabelledImages labels() {
    return new LabelledImages(bootstrapServers, topics().labelledImages(), SIZE);
  }

  CheckpointCatalog catalog() {
    return catalog(Trust.anyone());
  }

  CheckpointCatalog catalog(Trust trust) {
    return new CheckpointCatalog(Map.of("bootstrap.servers", bootstrapServers), topics(), trust);
  }

  /** What publishes as {@code ocellus models publish} does. */
  CheckpointPublisher command() {
    return CheckpointPublisher.ofCommand(
        Map.of("bootstrap.servers", bootstrapServers),
        topics(),
        "default",
        5,
        Optional.empty(),
        Trust.anyone());
  }

  /** What a trainer wants to be shown with a request that changes something. */
  String token() throws IOException {
    return Files.readString(folder.resolve("http-token")).strip();
  }

  private Topics topics() {
    return new Topics(prefix);
  }
}
