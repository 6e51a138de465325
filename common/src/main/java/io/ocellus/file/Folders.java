package io.ocellus.file;

import io.ocellus.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders that a service keeps its state in, and what was only needed for a while. */
public final class Folders {
  private static final Logger log = LoggerFactory.getLogger(Folders.class);

  private Folders() {}

  /**
   * Makes that folder where there is none.
   *
   * @param setting that names it
   * @throws ConfigurationException where it is none, or nothing can be written there
   */
  public static void ensureWritable(String setting, Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".written", null));
    } catch (IOException e) {
      throw new ConfigurationException(
          "%s must be a folder that this process can write to, not %s (%s)"
              .formatted(setting, folder.toAbsolutePath(), e),
          e);
    }
  }

  /** Deletes that file, or folder with what is in it; nothing where there is none. */
  public static void delete(Path path) {
    if (Files.notExists(path)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(path)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + path, e);
    }
  }

  /** The same where nothing depends on it: what cannot be deleted is a warning in the log. */
  public static void clear(Path path) {
    try {
      delete(path);
    } catch (UncheckedIOException e) {
      log.warn("{}: {}", e.getMessage(), e.getCause().getMessage());
    }
  }
}
