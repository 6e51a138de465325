package io.ocellus.checkpoint;

import io.ocellus.checkpoint.Refusal.Reason;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One reading of the topic for one model. The newest sound version of what the topic holds arrives,
 * at the start and after each record that may have changed which one that is, so that a reader that
 * has run for long and one that has just started end at the same version. No other version is
 * downloaded, and nothing is before its manifest is there.
 */
final class FollowedLog {
  private final CheckpointLog log;
  private final String model;
  private final SpoolFolder spool;
  private final CheckpointReader reader;
  private final Arrivals arrivals;
  private CheckpointIndex index = new CheckpointIndex();
  private long position;
  private boolean latestChanged;

  FollowedLog(CheckpointLog log, String model, SpoolFolder spool, Trust trust, Arrivals arrivals) {
    this.log = log;
    this.model = model;
    this.spool = spool;
    this.reader = new CheckpointReader(log, trust);
    this.arrivals = arrivals;
  }

  /** Brings the listener to the newest sound version that is there; then {@link #next} goes on. */
  void catchUp() {
    position = log.end();
    index = reader.index(position, CheckpointReader.PATIENCE);
    settle();
  }

  /** The other models that the topic has versions of. */
  List<String> otherModels() {
    return index.models().stream()
        .filter(other -> !other.equals(model))
        .filter(
            other ->
                index.versions(other).values().stream()
                    .anyMatch(entry -> entry.manifest().isPresent()))
        .toList();
  }

  /** Waits a moment for records and deals with them. */
  void next() {
    boolean quiet = true;
    for (ConsumerRecord<byte[], byte[]> record : log.poll()) {
      quiet = false;
      index.add(record);
      position = record.offset() + 1;
      Optional<CheckpointKey> key =
          CheckpointKey.parse(record.key()).filter(parsed -> parsed.model().equals(model));
      if (key.isPresent() && mayBeNewest(key.get(), record)) {
        settle();
        return;
      }
    }
    // A publication may delete the latest version; its own comes behind that.
    if (quiet && latestChanged && log.isAtEnd()) {
      settle();
    }
  }

  private boolean mayBeNewest(CheckpointKey key, ConsumerRecord<byte[], byte[]> record) {
    boolean written = key.isManifest() && record.value() != null;
    if (arrivals.latest().isEmpty() || latestChanged) {
      return written;
    }
    int latest = arrivals.latest().get().version();
    if (key.version() == latest) {
      latestChanged = !written && isNoLonger(latest);
    } else if (written && key.version() < latest) {
      refuseOlder(key, latest);
    }
    return written && key.version() >= latest;
  }

  /** Whether a record has just made the latest version something else than what arrived. */
  private boolean isNoLonger(int latest) {
    CheckpointIndex.Entry entry = index.versions(model).get(latest);
    return entry == null || !isLatest(entry);
  }

  private boolean isLatest(CheckpointIndex.Entry entry) {
    return arrivals
        .latest()
        .filter(latest -> entry.manifest().filter(latest::isSameAs).isPresent())
        .filter(latest -> !entry.isChangedSince(latest.manifest()))
        .isPresent();
  }

  private void refuseOlder(CheckpointKey key, int latest) {
    try {
      reader.require(index.versions(model).get(key.version()));
      arrivals.refuse(
          new Refusal(
              model,
              key.version(),
              Reason.OLDER_VERSION,
              "version %d is newer and still in the topic; publish this one again under a new number"
                  .formatted(latest)));
    } catch (RefusedCheckpointException e) {
      arrivals.refuse(e.refusal());
    }
  }

  private void settle() {
    latestChanged = false;
    boolean found = false;
    for (CheckpointIndex.Entry entry : index.versions(model).descendingMap().values()) {
      found = entry.manifest().isPresent() && isSettled(entry);
      if (found) {
        break;
      }
    }
    if (!found) {
      arrivals.withdrawLatest();
    }
    log.seek(position);
  }

  private boolean isSettled(CheckpointIndex.Entry entry) {
    CheckpointKey key = entry.key();
    ConsumerRecord<byte[], byte[]> manifest = entry.manifest().orElseThrow();
    if (isLatest(entry)) {
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
}
