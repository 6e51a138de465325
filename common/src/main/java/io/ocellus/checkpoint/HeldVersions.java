package io.ocellus.checkpoint;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the topic holds of a model, as its publisher sees it. Whoever may write to the topic can
 * write any key, so that only sound versions count.
 *
 * @param sound versions that can be read and that the publisher trusts, with their keys
 * @param foreign versions that can be read and that others may trust: those that nobody signed, or
 *     a key that the publisher does not know; with their keys
 * @param junk all else, such as chunks without a manifest, with their keys
 */
record HeldVersions(
    NavigableMap<Integer, List<CheckpointKey>> sound,
    NavigableMap<Integer, List<CheckpointKey>> foreign,
    NavigableMap<Integer, List<CheckpointKey>> junk) {
  /** How far above the sound versions a foreign one is still counted on from. */
  static final int FOREIGN_LEAD = 1000;

  /** Bounds what a publication deletes besides old versions. */
  static final int MOST_REMOVED = 1000;

  static HeldVersions none() {
    return new HeldVersions(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  /**
   * The number of the next version: above the sound ones, and above the foreign ones unless they
   * are so far above that somebody is out to use up the numbers.
   */
  int next() {
    int last = sound.isEmpty() ? 0 : sound.lastKey();
    Integer lead = foreign.floorKey(Math.min(last + FOREIGN_LEAD, CheckpointKey.LAST_VERSION - 1));
    return Math.max(last, lead == null ? 0 : lead) + 1;
  }

  /**
   * Keys to be tombstoned when that version is added: foreign versions that would be taken for
   * newer, and junk. Where there are too many, those from its number on come first.
   */
  List<CheckpointKey> inTheWay(int version) {
    return Stream.of(foreign.tailMap(version, true), junk.descendingMap())
        .flatMap(versions -> versions.values().stream().flatMap(List::stream))
        .sorted(
            Comparator.comparing((CheckpointKey key) -> key.version() >= version)
                .thenComparing(CheckpointKey::isManifest)
                .reversed())
        .limit(MOST_REMOVED)
        .toList();
  }

  /** The same, once those keys are tombstoned and a version is added. */
  HeldVersions with(Manifest added, List<CheckpointKey> removed) {
    Set<CheckpointKey> gone = Set.copyOf(removed);
    NavigableMap<Integer, List<CheckpointKey>> more = without(sound, gone);
    more.put(added.version(), CheckpointKey.all(added));
    return new HeldVersions(more, without(foreign, gone), without(junk, gone));
  }

  private static NavigableMap<Integer, List<CheckpointKey>> without(
      NavigableMap<Integer, List<CheckpointKey>> versions, Set<CheckpointKey> gone) {
    return versions.entrySet().stream()
        .map(entry -> entry.getValue().stream().filter(key -> !gone.contains(key)).toList())
        .filter(keys -> !keys.isEmpty())
        .collect(
            Collectors.toMap(
                keys -> keys.get(0).version(), keys -> keys, (one, other) -> one, TreeMap::new));
  }
}
