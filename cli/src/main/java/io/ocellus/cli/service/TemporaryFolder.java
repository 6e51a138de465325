package io.ocellus.cli.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of this process's temporary files, its {@code java.io.tmpdir}: RocksDB, ONNX Runtime,
 * zstd and JLine unpack their libraries there, and delete them at an orderly end or never. The
 * start script makes it ({@code ocellus.tmp}); it goes at every end that the process notices, and
 * those of killed processes at the next start.
 */
public final class TemporaryFolder {
  private static final String PROPERTY = "ocellus.tmp";
  private static final String LOCK = ".lock";

  /** With the process's id, which the shell that makes it gives on to the JVM. */
  private static final Pattern NAME = Pattern.compile("ocellus-(\\d{1,9})-[A-Za-z0-9]{6}");

  /** A JVM takes its folder within seconds. */
  private static final Duration UNTAKEN = Duration.ofMinutes(5);

  private static FileChannel lock;

  private TemporaryFolder() {}

  private static Optional<Path> own() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(Path::of)
        .filter(folder -> NAME.matcher(folder.getFileName().toString()).matches());
  }

  /** Where files go that stay: beside the folder, or where there is none as everybody's. */
  public static Path beside() {
    return own().map(Path::getParent).orElse(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Takes it, and deletes those of processes that are gone. */
  public static void take() {
    own().ifPresent(TemporaryFolder::take);
  }

  private static void take(Path folder) {
    try {
      lock =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock.lock();
      Runtime.getRuntime().addShutdownHook(new Thread(TemporaryFolder::delete, "temporary"));
      sweep(folder);
    } catch (IOException e) {
      log().debug("Temporary files cannot be looked after in {}", folder, e);
    }
  }

  /** Only when it is needed: the demo chooses its log's file before the first logger. */
  private static Logger log() {
    return LoggerFactory.getLogger(TemporaryFolder.class);
  }

  private static void sweep(Path own) throws IOException {
    try (DirectoryStream<Path> others =
        Files.newDirectoryStream(own.getParent(), "ocellus-*-??????")) {
      for (Path other : others) {
        if (!other.equals(own)
            && Files.getOwner(other, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own))
            && isLeft(other)) {
          clear(other);
        }
      }
    }
  }

  /**
   * Neither of another living process by its id, nor locked by one that has its ids to itself. The
   * first process of a container always has the same id.
   */
  private static boolean isLeft(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    if (!name.matches()
        || Files.isSymbolicLink(folder)
        || isAnother(Long.parseLong(name.group(1)))) {
      return false;
    }
    Path file = folder.resolve(LOCK);
    try {
      if (Files.notExists(file)) {
        Instant made = Files.getLastModifiedTime(folder).toInstant();
        return made.isBefore(Instant.now().minus(UNTAKEN));
      }
      try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
        return other.tryLock() != null;
      }
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  private static boolean isAnother(long id) {
    return id != ProcessHandle.current().pid() && ProcessHandle.of(id).isPresent();
  }

  /** Deletes it: libraries that are in use stay mapped. */
  static void delete() {
    own().ifPresent(TemporaryFolder::clear);
  }

  private static void clear(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      log().debug("{} was not deleted as a whole", folder, e);
    }
  }
}
