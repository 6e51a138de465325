package io.ocellus.cli.models;

import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.cli.options.KafkaOptions;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which version of which model a command is about. */
final class ModelOptions {
  private static final String NEWEST = "newest";

  @Mixin private KafkaOptions kafka;

  @Parameters(
      arity = "0..1",
      paramLabel = "VERSION",
      defaultValue = NEWEST,
      description = "A number, or newest, which is meant if nothing is said.")
  private String version;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "The model, as the trainer's setting model names it; default if not said.")
  private String model;

  String model() {
    return model;
  }

  CheckpointCatalog catalog() {
    return new CheckpointCatalog(kafka.impatientProperties(), kafka.topics());
  }

  /** The manifest of the chosen version; an error that names what there is instead. */
  Manifest manifest(CheckpointCatalog catalog) {
    List<Manifest> all = catalog.all();
    List<Manifest> versions = all.stream().filter(m -> m.model().equals(model)).toList();
    if (versions.isEmpty()) {
      throw new NoSuchElementException(
          "%s holds no version of model %s.%s"
              .formatted(kafka.topics().checkpoints(), model, others(all)));
    }
    if (version.equals(NEWEST)) {
      return versions.get(versions.size() - 1);
    }
    return versions.stream()
        .filter(manifest -> Integer.toString(manifest.version()).equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "Model %s has no sound version %s; it has %s."
                        .formatted(model, version, numbers(versions))));
  }

  /** The chosen number; it need not be sound, nor there. */
  int number(CheckpointCatalog catalog) {
    return version.matches("[1-9][0-9]{0,8}")
        ? Integer.parseInt(version)
        : manifest(catalog).version();
  }

  private static String others(List<Manifest> all) {
    String names =
        all.stream().map(Manifest::model).distinct().sorted().collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " It has %s: choose with --model.".formatted(names);
  }

  private static String numbers(List<Manifest> versions) {
    return versions.stream()
        .map(manifest -> Integer.toString(manifest.version()))
        .collect(Collectors.joining(", "));
  }
}
