package io.ocellus.cli.models;

import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointFolder;
import io.ocellus.checkpoint.FileEntry;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.network.Network;
import io.ocellus.network.Networks;
import io.ocellus.network.Safetensors;
import io.ocellus.network.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * A version in a folder of its own: its files as they are, or the formats that were asked for, with
 * the manifest and the names of the classes beside them. What a version has not, such as ONNX, is
 * made of its weights.
 */
final class Export {
  private Export() {}

  /**
   * Writes the version's files into the folder, made from its weights where it lacks them.
   *
   * @param formats empty for the files as they are
   * @return the manifest of what was written
   */
  static Manifest write(Checkpoint version, Collection<ExportFormat> formats, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    Manifest manifest = version.manifest();
    List<String> own = manifest.files().stream().map(FileEntry::name).toList();
    List<String> wanted =
        formats.isEmpty() ? own : formats.stream().map(ExportFormat::file).distinct().toList();
    for (String name : wanted) {
      if (own.contains(name)) {
        Files.copy(version.file(name), folder.resolve(name));
      }
    }
    List<ExportFormat> made = formats.stream().filter(f -> !own.contains(f.file())).toList();
    if (!made.isEmpty()) {
      make(version, made, folder);
    }
    ClassIndex.write(manifest.classes(), folder);
    return CheckpointFolder.write(manifest, folder, wanted);
  }

  private static void make(Checkpoint version, List<ExportFormat> formats, Path folder) {
    Manifest manifest = version.manifest();
    Path file = version.file(Checkpoint.WEIGHTS);
    Network network = Networks.create(manifest.network(), file);
    StateDict weights = Safetensors.read(file);
    formats.forEach(
        format -> format.write(network, weights, manifest, folder.resolve(format.file())));
  }
}
