package io.ocellus.cli.local;

import io.ocellus.config.ConfigurationLoader;
import io.ocellus.trainer.TrainerConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The trainer's settings for training without Kafka, the usual ones as options of their own. */
final class LocalSettings {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "The trainer's settings as YAML; OCELLUS_... environment variables override it.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = {"-s", "--set"},
      paramLabel = "KEY=VALUE",
      description =
          "One of the trainer's settings, such as training.label-smoothing=0.1; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "network.name: what ocellus networks lists; se-densenet-121 if not said.")
  private Optional<String> network = Optional.empty();

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "network.size: width and height of its input; 224 if not said.")
  private Optional<String> size = Optional.empty();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "training.epochs: passes over the training images.")
  private Optional<String> epochs = Optional.empty();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "training.batch-size: images per step.")
  private Optional<String> batchSize = Optional.empty();

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "training.learning-rate: at the start.")
  private Optional<String> learningRate = Optional.empty();

  @Option(names = "--device", paramLabel = "DEVICE", description = "auto, cpu or gpu.")
  private Optional<String> device = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "model: what versions of it are counted under once it is published.")
  private Optional<String> name = Optional.empty();

  TrainerConfig load() {
    Map<String, String> all = new LinkedHashMap<>();
    network.ifPresent(value -> all.put("network.name", value));
    size.ifPresent(value -> all.put("network.size", value));
    epochs.ifPresent(value -> all.put("training.epochs", value));
    batchSize.ifPresent(value -> all.put("training.batch-size", value));
    learningRate.ifPresent(value -> all.put("training.learning-rate", value));
    device.ifPresent(value -> all.put("device", value));
    name.ifPresent(value -> all.put("model", value));
    all.putAll(settings);
    return new ConfigurationLoader<>(TrainerConfig.class).load(config, System.getenv(), all);
  }
}
