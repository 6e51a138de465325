package io.ocellus.checkpoint;

import io.ocellus.checkpoint.CheckpointFollower.Listener;
import io.ocellus.checkpoint.Refusal.Reason;
import io.ocellus.file.Sha256;
import io.ocellus.topic.EventHeaders;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a follower has told its listener, so that nothing is told twice when the topic must be read
 * again, and so that a listener that throws harms nobody.
 */
final class Arrivals {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  /** Enough to remember every bad version that a topic still holds. */
  private static final int REMEMBERED = 10_000;

  private final Listener listener;
  private final Set<String> refused = new HashSet<>();
  private Optional<Latest> latest = Optional.empty();

  Arrivals(Listener listener) {
    this.listener = listener;
  }

  /**
   * The last version that arrived.
   *
   * @param manifest what it says of itself
   * @param record what that and its signature travelled as
   */
  record Latest(Manifest manifest, ConsumerRecord<byte[], byte[]> record) {
    int version() {
      return manifest.version();
    }

    /** Whether that record says and proves the same, whenever it was written. */
    boolean isSameAs(ConsumerRecord<byte[], byte[]> other) {
      return Arrays.equals(record.value(), other.value())
          && Stream.of(ManifestRecord.SHA256, Trust.SIGNATURE)
              .allMatch(
                  header ->
                      EventHeaders.text(record.headers(), header)
                          .equals(EventHeaders.text(other.headers(), header)));
    }
  }

  /** The last version that arrived, where the topic still holds it. */
  Optional<Latest> latest() {
    return latest;
  }

  /** The topic holds no sound version any more. */
  void withdrawLatest() {
    latest.ifPresent(
        gone ->
            LOG.warn(
                "Version {} of model {} was deleted from the topic or changed there, and no valid version is left; it serves until one is published",
                gone.version(),
                gone.manifest().model()));
    latest = Optional.empty();
  }

  /** Whether that very version was refused before. */
  boolean wasRefused(CheckpointKey key, ConsumerRecord<byte[], byte[]> manifest) {
    return refused.contains(id(key, manifest));
  }

  /** Gets a checkpoint, which may turn out to be none. */
  interface Source {
    Checkpoint get();
  }

  /** Hands the checkpoint over, or its refusal; true where the listener has taken it. */
  boolean offer(CheckpointKey key, ConsumerRecord<byte[], byte[]> manifest, Source source) {
    try {
      Checkpoint checkpoint = source.get();
      hand(key, checkpoint);
      latest = Optional.of(new Latest(checkpoint.manifest(), manifest));
      return true;
    } catch (RefusedCheckpointException e) {
      remember(id(key, manifest));
      refuse(e.refusal());
      return false;
    }
  }

  @SuppressWarnings("CatchingUnchecked")
  private void hand(CheckpointKey key, Checkpoint checkpoint) {
    try {
      listener.arrived(checkpoint);
    } catch (RefusedCheckpointException e) {
      throw e;
    } catch (Throwable e) {
      LOG.warn("Version {} of model {} was not taken", key.version(), key.model(), e);
      throw ManifestRecord.refused(key, Reason.LOAD_FAILED, e.toString());
    }
  }

  /** Tells of a version that must not serve. */
  void refuse(Refusal refusal) {
    LOG.warn("{}", refusal);
    try {
      listener.refused(refusal);
    } catch (Throwable e) {
      LOG.warn("The listener failed on a refusal", e);
    }
  }

  private void remember(String id) {
    if (refused.size() >= REMEMBERED) {
      refused.clear();
    }
    refused.add(id);
  }

  private static String id(CheckpointKey key, ConsumerRecord<byte[], byte[]> manifest) {
    return "%s@%d#%s".formatted(key, manifest.timestamp(), Sha256.hex(manifest.value()));
  }
}
