package io.ocellus.checkpoint;

import io.ocellus.checkpoint.Refusal.Reason;
import io.ocellus.file.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One version whose chunks are being collected in a folder until its manifest says what they must
 * be. Memory holds one chunk at a time.
 */
final class SpooledCheckpoint implements AutoCloseable {
  private final Path folder;
  private final Map<String, SpooledFile> files = new HashMap<>();

  /**
   * @param folder exists, or is created; nothing else may write there
   */
  SpooledCheckpoint(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create " + folder, e);
    }
  }

  /** Adds a chunk; the first one of a file begins it anew. */
  void add(CheckpointKey key, byte[] bytes) {
    if (key.chunk() == 0) {
      SpooledFile before = files.put(key.file(), new SpooledFile(folder.resolve(key.file())));
      if (before != null) {
        before.close();
      }
    }
    files
        .computeIfAbsent(key.file(), name -> new SpooledFile(folder.resolve(name)))
        .append(key, bytes);
  }

  /**
   * The checkpoint, now that its manifest has come.
   *
   * @throws RefusedCheckpointException where nobody trusted has signed it, or where the manifest or
   *     a file is not what it should be
   */
  Checkpoint complete(CheckpointKey key, ConsumerRecord<byte[], byte[]> record, Trust trust) {
    Optional<Signer> signer = trust.check(key, record);
    Manifest manifest = ManifestRecord.read(key, record);
    for (FileEntry promised : manifest.files()) {
      SpooledFile file = files.remove(promised.name());
      if (file == null) {
        throw ManifestRecord.refused(
            key, Reason.MISSING_CHUNK, "no chunk of %s came".formatted(promised.name()));
      }
      file.verify(key, promised);
    }
    dropUnlisted();
    return new Checkpoint(manifest, folder, Instant.ofEpochMilli(record.timestamp()), signer);
  }

  private void dropUnlisted() {
    close();
    files.keySet().forEach(name -> Folders.delete(folder.resolve(name)));
    files.clear();
  }

  /** Closes files that are still open; the folder stays. */
  @Override
  public void close() {
    files.values().forEach(SpooledFile::close);
  }

  /** Forgets what was collected, folder included. */
  void delete() {
    close();
    Folders.delete(folder);
  }
}
