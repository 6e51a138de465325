package io.ocellus.cli.models;

import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.cli.Terminal;
import io.ocellus.file.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;

/**
 * A verified version in a folder that goes away, under a progress bar; beside it, what is made of
 * it, which can be moved elsewhere.
 */
public final class Download implements AutoCloseable {
  private final Path folder;

  /**
   * @param beside the folder is made in this one, so that a part of it can be moved to a sibling
   */
  public Download(Path beside) throws IOException {
    Files.createDirectories(beside);
    folder = Files.createTempDirectory(beside, ".ocellus-");
  }

  /** The newest or the chosen version, whose size is known. */
  public Checkpoint fetch(CheckpointCatalog catalog, Manifest manifest) {
    return fetch(catalog, manifest.model(), manifest.version(), Figures.size(manifest));
  }

  /**
   * @param bytes expected, -1 where that is not known
   */
  Checkpoint fetch(CheckpointCatalog catalog, String model, int version, long bytes) {
    try (ProgressBar bar =
        Terminal.bar()
            .setTaskName("%s/%d".formatted(model, version))
            .setInitialMax(bytes)
            .setUnit(" KiB", 1024)
            .build()) {
      return catalog.fetch(model, version, folder.resolve("version"), bar::stepBy);
    }
  }

  /** Where a folder can be made that is kept once it is moved. */
  Path made() {
    return folder.resolve("made");
  }

  @Override
  public void close() {
    Folders.delete(folder);
  }
}
