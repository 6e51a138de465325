package io.ocellus.checkpoint;

import io.ocellus.file.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where one follower keeps checkpoints on their way in: a folder of its own, named after its
 * process, so that the next start can tell what a killed process has left behind and remove it.
 */
final class SpoolFolder implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("checkpoints-(\\d{1,18})-.*");

  private final Path folder;
  private int number;

  SpoolFolder(Path parent) {
    long pid = ProcessHandle.current().pid();
    this.folder = parent.resolve("checkpoints-%d-%s".formatted(pid, UUID.randomUUID()));
    try {
      Files.createDirectories(parent);
      leftovers(parent).forEach(Folders::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use %s for checkpoints".formatted(parent), e);
    }
  }

  /** A fresh folder for one checkpoint; it may share nothing with any other. */
  SpooledCheckpoint checkpoint() {
    return new SpooledCheckpoint(next());
  }

  Path next() {
    return folder.resolve(Integer.toString(number++));
  }

  @Override
  public void close() {
    Folders.clear(folder);
  }

  private static List<Path> leftovers(Path parent) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      return folders.filter(SpoolFolder::isLeftover).toList();
    }
  }

  /** Of a process that is gone, or (in containers all have equal ids) had this one's id before. */
  private static boolean isLeftover(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    if (!name.matches()) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(name.group(1)));
    Optional<Instant> started = process.flatMap(p -> p.info().startInstant());
    return process.isEmpty() || started.map(s -> modified(folder).isBefore(s)).orElse(false);
  }

  private static Instant modified(Path folder) {
    try {
      return Files.getLastModifiedTime(folder).toInstant();
    } catch (IOException e) {
      return Instant.MAX;
    }
  }
}
