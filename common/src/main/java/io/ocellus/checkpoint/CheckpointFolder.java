package io.ocellus.checkpoint;

import io.ocellus.service.Json;
import io.ocellus.service.JsonFieldException;
import io.ocellus.service.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A checkpoint that lies in a folder: its files and {@code manifest.json} beside them. Files that
 * the manifest does not name are no part of it.
 */
public final class CheckpointFolder {
  /** The manifest's file. */
  public static final String MANIFEST = "manifest.json";

  private CheckpointFolder() {}

  /**
   * Writes the manifest of files that lie there already.
   *
   * @param names of the files that the checkpoint consists of
   * @return the manifest with its files counted and hashed; its version is the draft's
   */
  public static Manifest write(Manifest draft, Path folder, List<String> names) {
    List<FileEntry> files = new ArrayList<>();
    try {
      for (String name : names) {
        files.add(ChunkedFile.at(folder.resolve(name)).entry());
      }
      Manifest manifest = draft.published(draft.version(), files);
      Json.MAPPER
          .writerWithDefaultPrettyPrinter()
          .writeValue(folder.resolve(MANIFEST).toFile(), manifest);
      return manifest;
    } catch (IOException e) {
      throw new UncheckedIOException("The checkpoint in %s cannot be written".formatted(folder), e);
    }
  }

  /**
   * Reads one and verifies its files.
   *
   * @throws CheckpointException where there is none, or where it is not what its manifest promises
   */
  public static Checkpoint read(Path folder) {
    Path file = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(
          "%s has no %s; a checkpoint's folder is what ocellus train or ocellus models export wrote"
              .formatted(folder, MANIFEST));
    }
    try {
      Manifest manifest = manifest(file);
      for (FileEntry promised : manifest.files()) {
        verify(folder.resolve(promised.name()), promised);
      }
      return new Checkpoint(manifest, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The checkpoint in %s cannot be read".formatted(folder), e);
    }
  }

  private static Manifest manifest(Path file) throws IOException {
    Manifest manifest;
    try {
      manifest = StrictJson.read(Files.readAllBytes(file), Manifest.class);
    } catch (JsonFieldException e) {
      throw new CheckpointException(unusable(file, e.getMessage()), e);
    }
    ManifestCheck.violation(manifest)
        .ifPresent(
            violation -> {
              throw new CheckpointException(unusable(file, violation));
            });
    return manifest;
  }

  private static String unusable(Path file, String violation) {
    return "The manifest %s cannot be used: %s".formatted(file, violation);
  }

  private static void verify(Path file, FileEntry promised) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException("%s is missing, which its manifest names".formatted(file));
    }
    FileEntry found = ChunkedFile.at(file).entry();
    if (found.size() != promised.size() || !found.sha256().equals(promised.sha256())) {
      throw new CheckpointException(
          "%s is not the file that its manifest promises: it has %d bytes and SHA-256 %s, not %d and %s"
              .formatted(file, found.size(), found.sha256(), promised.size(), promised.sha256()));
    }
  }
}
