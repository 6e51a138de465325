package io.ocellus.checkpoint;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.stream.Stream;

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
   * @param versions of the model that are in the topic, each with its keys
   * @param parent of the new version; 0 for none
   */
  List<CheckpointKey> expired(NavigableMap<Integer, List<CheckpointKey>> versions, int parent) {
    return versions.descendingMap().entrySet().stream()
        .skip(keep - 1L)
        .filter(entry -> entry.getKey() != parent)
        .flatMap(entry -> manifestFirst(entry.getValue()))
        .toList();
  }

  private static Stream<CheckpointKey> manifestFirst(List<CheckpointKey> keys) {
    return keys.stream()
        .sorted(
            Comparator.comparing(CheckpointKey::isManifest)
                .reversed()
                .thenComparing(CheckpointKey::file)
                .thenComparing(CheckpointKey::chunk));
  }
}
