package io.ocellus.checkpoint;

import io.ocellus.checkpoint.Refusal.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
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
   * Downloads and verifies one version. What its manifest does not promise is not written to disk.
   *
   * @param entry with a manifest
   * @param spooled empty
   * @param progress is told the bytes of each chunk
   * @throws RefusedCheckpointException where it is not what it should be
   */
  Checkpoint fetch(CheckpointIndex.Entry entry, SpooledCheckpoint spooled, LongConsumer progress) {
    ConsumerRecord<byte[], byte[]> manifest = entry.manifest().orElseThrow();
    Map<String, Integer> chunks =
        require(entry).files().stream()
            .collect(Collectors.toMap(FileEntry::name, FileEntry::chunks));
    log.seek(entry.firstOffset());
    log.readTo(
        manifest.offset(),
        PATIENCE,
        record ->
            CheckpointKey.parse(record.key())
                .filter(
                    key -> entry.key().equals(CheckpointKey.manifest(key.model(), key.version())))
                .filter(key -> record.value() != null)
                .filter(key -> key.chunk() < chunks.getOrDefault(key.file(), 0))
                .ifPresent(
                    key -> {
                      spooled.add(key, record.value());
                      progress.accept(record.value().length);
                    }));
    return spooled.complete(entry.key(), manifest, trust);
  }

  /**
   * What the version says of itself, where no more than its chunks is left to be verified.
   *
   * @param entry with a manifest
   * @throws RefusedCheckpointException where nobody trusted has signed it, where the manifest is
   *     not what it should be, or where its chunks were changed since
   */
  Manifest require(CheckpointIndex.Entry entry) {
    ConsumerRecord<byte[], byte[]> record = entry.manifest().orElseThrow();
    trust.check(entry.key(), record);
    Manifest manifest = ManifestRecord.read(entry.key(), record);
    if (entry.isChangedSince(manifest)) {
      throw ManifestRecord.refused(
          entry.key(),
          Reason.MISSING_CHUNK,
          "one of its chunks was overwritten or deleted after its manifest was written");
    }
    return manifest;
  }

  Checkpoint fetch(CheckpointIndex.Entry entry, SpooledCheckpoint spooled) {
    return fetch(entry, spooled, bytes -> {});
  }
}
