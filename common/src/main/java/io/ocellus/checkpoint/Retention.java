package io.ocellus.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;

/**
 * Which versions make room for a new one. The new one stays, and so does its parent: that is what
 * serves until the new one has been loaded everywhere, and what a restarted reader falls back to.
 *
 * @param keep versions that stay in the topic, the new one counted
 */
record Retention(int keep) {
  Retention {
    if (keep < 1) {
      throw new IllegalArgumentException("checkpoints.keep must be 1 or more, not " + keep);
    }
  }

  /**
   * The keys to be tombstoned when a version is added.
   *
   * @param versions of the model that are in the topic
   * @param parent of the new version; 0 for none
   */
  List<CheckpointKey> expired(NavigableMap<Integer, CheckpointIndex.Entry> versions, int parent) {
    List<CheckpointKey> expired = new ArrayList<>();
    versions.descendingMap().values().stream()
        .skip(keep - 1L)
        .filter(entry -> entry.key().version() != parent)
        .forEach(entry -> expired.addAll(manifestFirst(entry)));
    return expired;
  }

  private static List<CheckpointKey> manifestFirst(CheckpointIndex.Entry entry) {
    return entry.keys().stream()
        .sorted(
            Comparator.comparing(CheckpointKey::isManifest)
                .reversed()
                .thenComparing(CheckpointKey::file)
                .thenComparing(CheckpointKey::chunk))
        .toList();
  }
}
