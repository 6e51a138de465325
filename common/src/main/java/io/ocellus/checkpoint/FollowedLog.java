package io.ocellus.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reading of the topic for one model: first what is there already, where only the newest sound
 * version matters and no other is downloaded, then record by record what comes.
 */
final class FollowedLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedLog.class);

  private final CheckpointLog log;
  private final String model;
  private final SpoolFolder spool;
  private final Trust trust;
  private final Arrivals arrivals;
  private final TreeMap<Integer, SpooledCheckpoint> coming = new TreeMap<>();

  FollowedLog(CheckpointLog log, String model, SpoolFolder spool, Trust trust, Arrivals arrivals) {
    this.log = log;
    this.model = model;
    this.spool = spool;
    this.trust = trust;
    this.arrivals = arrivals;
  }

  /** Brings the listener to the newest sound version that is there; then {@link #next} goes on. */
  void catchUp() {
    long end = log.end();
    CheckpointReader reader = new CheckpointReader(log, trust);
    CheckpointIndex index = reader.index(end, CheckpointReader.PATIENCE);
    for (CheckpointIndex.Entry entry : index.versions(model).descendingMap().values()) {
      if (entry.manifest().isPresent() && isSettled(reader, entry)) {
        break;
      }
    }
    log.seek(end);
  }

  private boolean isSettled(CheckpointReader reader, CheckpointIndex.Entry entry) {
    CheckpointKey key = entry.key();
    ConsumerRecord<byte[], byte[]> manifest = entry.manifest().orElseThrow();
    if (arrivals.isLatest(key, manifest)) {
      return true;
    }
    if (arrivals.wasRefused(key, manifest)) {
      return false;
    }
    SpooledCheckpoint spooled = spool.checkpoint();
    try {
      return arrivals.offer(key, manifest, () -> reader.fetch(entry, spooled));
    } finally {
      spooled.delete();
    }
  }

  /** Waits a moment for records and deals with them. */
  void next() {
    for (ConsumerRecord<byte[], byte[]> record : log.poll()) {
      CheckpointKey.parse(record.key())
          .filter(key -> key.model().equals(model))
          .ifPresent(key -> take(key, record));
    }
  }

  private void take(CheckpointKey key, ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      Optional.ofNullable(coming.remove(key.version())).ifPresent(SpooledCheckpoint::delete);
    } else if (key.isManifest()) {
      finish(key, record);
    } else {
      coming.computeIfAbsent(key.version(), version -> spool.checkpoint()).add(key, record.value());
    }
  }

  private void finish(CheckpointKey key, ConsumerRecord<byte[], byte[]> manifest) {
    dropOlder(key.version());
    SpooledCheckpoint spooled = coming.remove(key.version());
    if (spooled == null) {
      spooled = spool.checkpoint();
    }
    try {
      SpooledCheckpoint whole = spooled;
      arrivals.offer(key, manifest, () -> whole.complete(key, manifest, trust));
    } finally {
      spooled.delete();
    }
  }

  /** Chunks whose manifest never came. */
  private void dropOlder(int version) {
    Map<Integer, SpooledCheckpoint> older = coming.headMap(version);
    if (!older.isEmpty()) {
      LOG.warn("Versions {} of model {} never became whole", older.keySet(), model);
      older.values().forEach(SpooledCheckpoint::delete);
      older.clear();
    }
  }

  @Override
  public void close() {
    coming.values().forEach(SpooledCheckpoint::delete);
    coming.clear();
  }
}
