package io.ocellus.trainer.data;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How far the store had read, and whether reading can go on from there.
 *
 * @param topicId of the topic that was read; empty before the first time
 * @param next offset by partition
 * @param followedUntil when something was last read, in milliseconds since the epoch
 * @param swept whether the reading had come to the topic's end once
 */
record StoredPositions(String topicId, Map<Integer, Long> next, long followedUntil, boolean swept) {

  /**
   * Why the topic must be read from its start again; empty where reading resumes.
   *
   * @param actualId of the topic as it is now
   * @param ends last offsets by partition as they are now
   * @param now in milliseconds since the epoch
   * @param tombstones how long the topic keeps them
   */
  Optional<String> whyReread(
      String actualId, Map<Integer, Long> ends, long now, Duration tombstones) {
    if (topicId.isEmpty()) {
      return Optional.of("it was never read");
    }
    if (!topicId.equals(actualId)) {
      return Optional.of("it was deleted and created anew since it was last read");
    }
    for (Map.Entry<Integer, Long> position : next.entrySet()) {
      long end = ends.getOrDefault(position.getKey(), 0L);
      if (end < position.getValue()) {
        return Optional.of(
            "partition %d was truncated: it ends at offset %d and had been read up to %d"
                .formatted(position.getKey(), end, position.getValue()));
      }
    }
    if (!next.isEmpty() && now - followedUntil > tombstones.toMillis()) {
      return Optional.of(
          "it was last read longer ago than it keeps tombstones (%s), so that some may be missed"
              .formatted(tombstones));
    }
    return Optional.empty();
  }
}
