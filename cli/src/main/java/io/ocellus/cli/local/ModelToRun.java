package io.ocellus.cli.local;

import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.CheckpointFolder;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.cli.models.Download;
import io.ocellus.cli.models.VersionChoice;
import io.ocellus.cli.options.KafkaOptions;
import io.ocellus.cli.options.SettingOptions;
import io.ocellus.cli.options.SharedSettings;
import io.ocellus.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A checkpoint that a command classifies with, from a folder or from the topic. */
final class ModelToRun {
  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "FOLDER|NAME[@VERSION]",
      description =
          "The folder of a checkpoint, as ocellus train writes it; or a version in the topic, the"
              + " newest if not said.")
  private String model;

  @Mixin private DeviceOption device;
  @Mixin private SettingOptions settings;
  @Mixin private KafkaOptions kafka;

  /** Verified and loaded. */
  LocalModel open() throws Exception {
    Map<String, String> options = new LinkedHashMap<>(kafka.settings());
    options.putAll(device.settings());
    SharedSettings shared = settings.shared(options);
    Path folder = Path.of(model);
    return Files.isDirectory(folder) || folder.getNameCount() > 1 || model.endsWith("/")
        ? LocalModel.open(CheckpointFolder.read(folder), shared)
        : fromTopic(shared);
  }

  private LocalModel fromTopic(SharedSettings shared) throws Exception {
    Topics topics = shared.topics().topics();
    CheckpointCatalog catalog =
        new CheckpointCatalog(
            KafkaOptions.impatient(shared.kafka()), topics, shared.checkpoints().trust());
    try (Download download = new Download(Path.of(System.getProperty("java.io.tmpdir")))) {
      Manifest manifest = VersionChoice.of(model).manifest(catalog, topics);
      return LocalModel.open(download.fetch(catalog, manifest), shared);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s is no folder here, nor can it be taken from the topic".formatted(model), e);
    }
  }

  @Override
  public String toString() {
    return model;
  }
}
