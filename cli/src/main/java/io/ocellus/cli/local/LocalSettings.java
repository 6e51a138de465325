package io.ocellus.cli.local;

import io.ocellus.cli.options.SettingOptions;
import io.ocellus.trainer.TrainerConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The trainer's settings for training without Kafka, the usual ones as options of their own. */
final class LocalSettings {
  @Mixin private SettingOptions settings;
  @Mixin private DeviceOption device;

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

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "training.initial-weights: published weights to start from.")
  private Optional<String> weights = Optional.empty();

  @Option(
      names = "--weights-key",
      paramLabel = "KEY",
      description =
          "training.initial-weights-key: which weights of the file, such as model_ema, where several"
              + " fit.")
  private Optional<String> weightsKey = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "model: what versions of it are counted under once it is published.")
  private Optional<String> name = Optional.empty();

  TrainerConfig load() {
    Map<String, String> all = new LinkedHashMap<>(device.settings());
    network.ifPresent(value -> all.put("network.name", value));
    size.ifPresent(value -> all.put("network.size", value));
    epochs.ifPresent(value -> all.put("training.epochs", value));
    batchSize.ifPresent(value -> all.put("training.batch-size", value));
    learningRate.ifPresent(value -> all.put("training.learning-rate", value));
    weights.ifPresent(value -> all.put("training.initial-weights", value));
    weightsKey.ifPresent(value -> all.put("training.initial-weights-key", value));
    name.ifPresent(value -> all.put("model", value));
    return settings.load(TrainerConfig.class, all);
  }
}
