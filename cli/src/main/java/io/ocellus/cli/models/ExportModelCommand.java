package io.ocellus.cli.models;

import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.service.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ocellus models export}. */
@Command(
    name = "export",
    description = {
      "Writes the verified files of a version to a folder.",
      "",
      "model.pt opens with torch.jit.load, weights.safetensors with any safetensors reader;"
          + " manifest.json says what they are."
    },
    footer = {"  ocellus models export", "  ocellus models export 3 --model birds --to birds/"})
final class ExportModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOptions options;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "A folder that is empty or not there yet; MODEL-VERSION if not said.")
  private Optional<Path> folder = Optional.empty();

  @Override
  public Integer call() throws IOException {
    CheckpointCatalog catalog = options.catalog();
    Manifest manifest = options.manifest(catalog);
    Path target =
        folder
            .orElseGet(() -> Path.of("%s-%d".formatted(manifest.model(), manifest.version())))
            .toAbsolutePath()
            .normalize();
    refuseToOverwrite(target);
    try (Download download = new Download(target.getParent())) {
      Checkpoint checkpoint =
          download.fetch(catalog, manifest.model(), manifest.version(), Figures.size(manifest));
      Json.MAPPER
          .writerWithDefaultPrettyPrinter()
          .writeValue(checkpoint.file("manifest.json").toFile(), checkpoint.manifest());
      Files.deleteIfExists(target);
      Files.move(checkpoint.directory(), target);
    }
    spec.commandLine()
        .getOut()
        .printf(
            "Exported version %d of model %s to %s (%s, verified).%n",
            manifest.version(), manifest.model(), target, Figures.bytes(Figures.size(manifest)));
    return 0;
  }

  private static void refuseToOverwrite(Path target) throws IOException {
    if (Files.notExists(target)) {
      return;
    }
    if (!Files.isDirectory(target)) {
      throw new FileAlreadyExistsException(target + " is a file; --to takes a folder");
    }
    try (Stream<Path> content = Files.list(target)) {
      if (content.findAny().isPresent()) {
        throw new FileAlreadyExistsException(target + " is not empty; --to takes a new folder");
      }
    }
  }
}
