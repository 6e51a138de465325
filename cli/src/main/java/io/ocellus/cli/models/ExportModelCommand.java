package io.ocellus.cli.models;

import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.CheckpointFolder;
import io.ocellus.checkpoint.FileEntry;
import io.ocellus.checkpoint.Manifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ocellus models export}. */
@Command(
    name = "export",
    description = {
      "Writes the verified files of a version to a folder, or other formats of it.",
      "",
      "model.pt opens with torch.jit.load, weights.safetensors with any safetensors reader,"
          + " model.onnx with ONNX Runtime. model.pt and model.onnx take RGB images (N, 3, size,"
          + " size) with values in [0,1], normalise them inside and give logits. manifest.json says"
          + " what they are, index_to_name.json names the classes by index, as TorchServe wants it."
    },
    footer = {
      "  ocellus models export",
      "  ocellus models export 3 --model birds --to birds/",
      "  ocellus models export --format onnx --from trained/ --to birds-onnx/"
    })
final class ExportModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOptions options;

  @Option(
      names = "--from",
      paramLabel = "FOLDER",
      description = "The folder of a checkpoint, as ocellus train writes it, instead of the topic.")
  private Optional<Path> source = Optional.empty();

  @Option(
      names = "--format",
      split = ",",
      paramLabel = "FORMAT",
      description =
          "torchscript, safetensors or onnx; several with commas. If not said, the files as"
              + " published.")
  private Set<ExportFormat> formats = new LinkedHashSet<>();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "A folder that is empty or not there yet; MODEL-VERSION if not said.")
  private Optional<Path> folder = Optional.empty();

  @Override
  public Integer call() throws IOException {
    return source.isPresent() ? fromFolder(source.get()) : fromTopic();
  }

  private int fromFolder(Path checkpoint) throws IOException {
    if (spec.commandLine().getParseResult().hasMatchedPositional(0)) {
      throw new ParameterException(
          spec.commandLine(), "VERSION is of the topic; --from takes what the folder holds");
    }
    Checkpoint version = CheckpointFolder.read(checkpoint);
    Path target = target(version.manifest());
    try (Download download = new Download(target.getParent())) {
      return export(version, download, target);
    }
  }

  private int fromTopic() throws IOException {
    CheckpointCatalog catalog = options.catalog();
    Manifest manifest = options.manifest(catalog);
    Path target = target(manifest);
    try (Download download = new Download(target.getParent())) {
      return export(download.fetch(catalog, manifest), download, target);
    }
  }

  private Path target(Manifest manifest) throws IOException {
    Path target =
        folder
            .orElseGet(() -> Path.of("%s-%s".formatted(manifest.model(), manifest.version())))
            .toAbsolutePath()
            .normalize();
    refuseToOverwrite(target);
    return target;
  }

  private int export(Checkpoint version, Download download, Path target) throws IOException {
    Manifest written = Export.write(version, formats, download.made());
    Files.deleteIfExists(target);
    Files.move(download.made(), target);
    spec.commandLine()
        .getOut()
        .printf(
            "Exported version %d of model %s to %s: %s (%s, verified).%n",
            written.version(),
            written.model(),
            target,
            written.files().stream().map(FileEntry::name).collect(Collectors.joining(", ")),
            Figures.bytes(Figures.size(written)));
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
