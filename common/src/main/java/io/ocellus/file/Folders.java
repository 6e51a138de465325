package io.ocellus.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what was only needed for a while. */
public final class Folders {
  private static final Logger log = LoggerFactory.getLogger(Folders.class);

  private Folders() {}

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
