package io.ocellus.checkpoint;

import io.ocellus.checkpoint.CheckpointFollower.Listener;
import io.ocellus.checkpoint.Refusal.Reason;
import io.ocellus.file.Sha256;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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
  private Optional<String> latest = Optional.empty();

  Arrivals(Listener listener) {
    this.listener = listener;
  }

  /** Whether that version is the last one that arrived. */
  boolean isLatest(CheckpointKey key, ConsumerRecord<byte[], byte[]> manifest) {
    return latest.equals(Optional.of(id(key, manifest)));
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
      hand(key, source.get());
      latest = Optional.of(id(key, manifest));
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

  private void refuse(Refusal refusal) {
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
