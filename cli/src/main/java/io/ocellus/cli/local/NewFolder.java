package io.ocellus.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder that a run writes into, or goes on in; nothing is overwritten. */
final class NewFolder {
  private NewFolder() {}

  static Path at(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
      try (Stream<Path> content = Files.list(folder)) {
        if (content.anyMatch(file -> !file.getFileName().toString().startsWith("."))) {
          throw new IllegalArgumentException(
              "%s is not empty; --out takes a new folder".formatted(folder));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be made a folder".formatted(folder), e);
    }
    return folder;
  }
}
