package io.ocellus.cli.models;

import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Trust;
import io.ocellus.cli.options.KafkaOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which version of which model a command is about. */
final class ModelOptions {
  @Mixin private KafkaOptions kafka;

  @Parameters(
      arity = "0..1",
      paramLabel = "VERSION",
      defaultValue = VersionChoice.NEWEST,
      description =
          "A number, or newest, which is meant if nothing is said; or MODEL@VERSION in one.")
  private String version;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "The model, as the trainer's setting model names it; default if not said.")
  private String model;

  String model() {
    return choice().model();
  }

  private VersionChoice choice() {
    return version.contains("@") ? VersionChoice.of(version) : new VersionChoice(model, version);
  }

  CheckpointCatalog catalog() {
    return catalog(Trust.anyone());
  }

  CheckpointCatalog catalog(Trust trust) {
    return new CheckpointCatalog(kafka.impatientProperties(), kafka.topics(), trust);
  }

  /** The manifest of the chosen version; an error that names what there is instead. */
  Manifest manifest(CheckpointCatalog catalog) {
    return choice().manifest(catalog, kafka.topics());
  }

  /** The chosen number; it need not be sound, nor there. */
  int number(CheckpointCatalog catalog) {
    String number = choice().version();
    return number.matches("[1-9][0-9]{0,8}")
        ? Integer.parseInt(number)
        : manifest(catalog).version();
  }
}
