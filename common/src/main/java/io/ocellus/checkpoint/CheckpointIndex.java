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

    long firstOffset() {
      return Collections.min(offsets.values());
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
    Entry entry =
        models
            .computeIfAbsent(key.model(), model -> new TreeMap<>())
            .computeIfAbsent(
                key.version(),
                version -> new Entry(CheckpointKey.manifest(key.model(), key.version())));
    entry.offsets.put(key, record.offset());
    if (key.isManifest()) {
      entry.manifest = record;
    }
  }

  private void remove(CheckpointKey key) {
    NavigableMap<Integer, Entry> versions = versions(key.model());
    Entry entry = versions.get(key.version());
    if (entry == null) {
      return;
    }
    entry.offsets.remove(key);
    if (key.isManifest()) {
      entry.manifest = null;
    }
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
