package io.ocellus.checkpoint;

import io.ocellus.checkpoint.Refusal.Reason;
import io.ocellus.file.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** A file of a checkpoint that grows on disk, chunk by chunk, hashed as it grows. */
final class SpooledFile implements AutoCloseable {
  private final OutputStream out;
  private final MessageDigest digest = Sha256.digest();
  private long size;
  private int chunks;
  private Optional<String> gap = Optional.empty();

  SpooledFile(Path file) {
    try {
      out = Files.newOutputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot spool to " + file, e);
    }
  }

  void append(CheckpointKey key, byte[] bytes) {
    if (gap.isEmpty() && key.chunk() != chunks) {
      gap =
          Optional.of(
              "chunk %d of %s came where chunk %d belongs"
                  .formatted(key.chunk(), key.file(), chunks));
    }
    if (gap.isPresent()) {
      return;
    }
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot spool %s".formatted(key), e);
    }
    digest.update(bytes);
    size += bytes.length;
    chunks++;
  }

  /** Closes the file and holds it against what the manifest promises. */
  void verify(CheckpointKey key, FileEntry promised) {
    close();
    if (gap.isPresent()) {
      throw ManifestRecord.refused(key, Reason.MISSING_CHUNK, gap.get());
    }
    if (chunks != promised.chunks()) {
      throw ManifestRecord.refused(
          key,
          Reason.MISSING_CHUNK,
          "%s came in %d chunks instead of %d"
              .formatted(promised.name(), chunks, promised.chunks()));
    }
    if (size != promised.size()) {
      throw ManifestRecord.refused(
          key,
          Reason.WRONG_SIZE,
          "%s has %d bytes instead of %d".formatted(promised.name(), size, promised.size()));
    }
    String sha256 = Sha256.hex(digest);
    if (!sha256.equals(promised.sha256())) {
      throw ManifestRecord.refused(
          key,
          Reason.WRONG_HASH,
          "%s has SHA-256 %s instead of %s".formatted(promised.name(), sha256, promised.sha256()));
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot finish a spooled file", e);
    }
  }
}
