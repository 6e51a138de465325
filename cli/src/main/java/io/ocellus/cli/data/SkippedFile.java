package io.ocellus.cli.data;

import java.nio.file.Path;

/** A file that is not sent, and why. */
public record SkippedFile(Path path, String reason) {
  /** As a line for people. */
  String said() {
    return "Skipped %s: %s".formatted(path, reason);
  }
}
