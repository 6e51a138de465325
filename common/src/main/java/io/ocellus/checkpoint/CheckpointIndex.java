package io.ocellus.checkpoint;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the topic holds: for every model its versions, where each begins, and its manifest. */
final class CheckpointIndex {
  private final Map<String, NavigableMap<Integer, Entry>> models = new TreeMap<>();

  /** A version of a model, with whatever of it is still in the topic. */
  static final class Entry {
    private final CheckpointKey key;
    private final Map<CheckpointKey, Long> offsets = new HashMap<>();

    /** Of each file the first chunk that was written or deleted after the manifest. */
    private final Map<String, Integer> changed = new HashMap<>();

    private ConsumerRecord<byte[], byte[]> manifest;

    private Entry(CheckpointKey key) {
      this.key = key;
    }

    CheckpointKey key() {
      return key;
    }

    /** Every key of it that has a value. */
    Collection<CheckpointKey> keys() {
      return List.copyOf(offsets.keySet());
    }

    /** Where its records begin; what was written over later counts from its first writing. */
    long firstOffset() {
      return Collections.min(offsets.values());
    }

    /**
     * Whether somebody wrote over, or deleted, a chunk of a file of that manifest after it. The
     * topic then keeps what was written last, so that the version is lost, now or when the topic is
     * compacted.
     */
    boolean isChangedSince(Manifest written) {
      return written.files().stream()
          .anyMatch(file -> changed.getOrDefault(file.name(), file.chunks()) < file.chunks());
    }

    private void put(CheckpointKey added, ConsumerRecord<byte[], byte[]> record) {
      offsets.putIfAbsent(added, record.offset());
      if (added.isManifest()) {
        manifest = record;
        changed.clear();
      } else {
        change(added);
      }
    }

    private void remove(CheckpointKey removed) {
      offsets.remove(removed);
      if (removed.isManifest()) {
        manifest = null;
        changed.clear();
      } else {
        change(removed);
      }
    }

    private void change(CheckpointKey chunk) {
      if (manifest != null) {
        changed.merge(chunk.file(), chunk.chunk(), Math::min);
      }
    }

    Optional<ConsumerRecord<byte[], byte[]>> manifest() {
      return Optional.ofNullable(manifest);
    }
  }

  /** Takes note of the next record of the topic. */
  void add(ConsumerRecord<byte[], byte[]> record) {
    CheckpointKey.parse(record.key())
        .ifPresent(
            key -> {
              if (record.value() == null) {
                remove(key);
              } else {
                put(key, record);
              }
            });
  }

  private void put(CheckpointKey key, ConsumerRecord<byte[], byte[]> record) {
    models
        .computeIfAbsent(key.model(), model -> new TreeMap<>())
        .computeIfAbsent(
            key.version(), version -> new Entry(CheckpointKey.manifest(key.model(), key.version())))
        .put(key, record);
  }

  private void remove(CheckpointKey key) {
    NavigableMap<Integer, Entry> versions = versions(key.model());
    Entry entry = versions.get(key.version());
    if (entry == null) {
      return;
    }
    entry.remove(key);
    if (entry.offsets.isEmpty()) {
      versions.remove(key.version());
    }
  }

  Collection<String> models() {
    return List.copyOf(models.keySet());
  }

  /** The versions of that model, lowest first; those without a manifest included. */
  NavigableMap<Integer, Entry> versions(String model) {
    return models.getOrDefault(model, Collections.emptyNavigableMap());
  }
}
