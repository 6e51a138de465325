package io.ocellus.checkpoint;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a checkpoint topic in two passes: what is there, then the files of one version alone. */
final class CheckpointReader {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CheckpointLog log;
  private final Trust trust;

  CheckpointReader(CheckpointLog log, Trust trust) {
    this.log = log;
    this.trust = trust;
  }

  /** What lies before that offset. */
  CheckpointIndex index(long end, Duration patience) {
    CheckpointIndex index = new CheckpointIndex();
    log.seekToBeginning();
    log.readTo(end, patience, index::add);
    return index;
  }

  /**
   * Downloads and verifies one version.
   *
   * @param entry with a manifest
   * @param spooled empty
   * @param progress is told the bytes of each chunk
   * @throws RefusedCheckpointException where it is not what it should be
   */
  Checkpoint fetch(CheckpointIndex.Entry entry, SpooledCheckpoint spooled, LongConsumer progress) {
    ConsumerRecord<byte[], byte[]> manifest = entry.manifest().orElseThrow();
    trust.check(entry.key(), manifest);
    ManifestRecord.read(entry.key(), manifest);
    log.seek(entry.firstOffset());
    log.readTo(
        manifest.offset(), PATIENCE, record -> collect(entry.key(), record, spooled, progress));
    return spooled.complete(entry.key(), manifest, trust);
  }

  Checkpoint fetch(CheckpointIndex.Entry entry, SpooledCheckpoint spooled) {
    return fetch(entry, spooled, bytes -> {});
  }

  private static void collect(
      CheckpointKey wanted,
      ConsumerRecord<byte[], byte[]> record,
      SpooledCheckpoint spooled,
      LongConsumer progress) {
    CheckpointKey.parse(record.key())
        .filter(key -> key.model().equals(wanted.model()) && key.version() == wanted.version())
        .filter(key -> !key.isManifest() && record.value() != null)
        .ifPresent(
            key -> {
              spooled.add(key, record.value());
              progress.accept(record.value().length);
            });
  }
}
