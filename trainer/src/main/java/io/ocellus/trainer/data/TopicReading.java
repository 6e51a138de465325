package io.ocellus.trainer.data;

import io.ocellus.checkpoint.OffsetRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;

/**
 * How far the labelled topic was read into the store. Each reading from its start is a generation:
 * what an earlier one left and the present one did not see is gone from the topic.
 */
final class TopicReading {
  private static final String GENERATION = "generation";
  private static final String SWEPT = "swept";
  private static final String FOLLOWED = "followed-until";

  private final StoreFile file;
  private final MVMap<String, String> about;
  private final MVMap<String, Long> first;
  private final MVMap<String, Long> next;

  TopicReading(StoreFile file) {
    this.file = file;
    about = file.texts("about");
    first = file.numbers("first-offsets");
    next = file.numbers("next-offsets");
  }

  void begin(String topicId) {
    about.put("topic-id", topicId);
    file.add(GENERATION, 1);
    file.put(SWEPT, 0);
    first.clear();
    next.clear();
  }

  int generation() {
    return Math.toIntExact(file.number(GENERATION));
  }

  /** The first offset of a partition that is read for the first time. */
  void begin(int partition, long offset) {
    first.putIfAbsent(Integer.toString(partition), offset);
  }

  void reached(Map<Integer, Long> nextOffsets) {
    nextOffsets.forEach((partition, offset) -> next.put(partition.toString(), offset));
    file.put(FOLLOWED, System.currentTimeMillis());
  }

  void swept() {
    file.put(SWEPT, 1);
  }

  StoredPositions positions() {
    Map<Integer, Long> offsets = new HashMap<>();
    next.forEach((partition, offset) -> offsets.put(Integer.valueOf(partition), offset));
    return new StoredPositions(
        about.getOrDefault("topic-id", ""),
        offsets,
        file.number(FOLLOWED),
        file.number(SWEPT) == 1);
  }

  /** The stretch of the topic that was read. */
  List<OffsetRange> ranges(String topic) {
    List<OffsetRange> ranges = new ArrayList<>();
    next.forEach(
        (partition, to) ->
            ranges.add(
                new OffsetRange(
                    topic, Integer.parseInt(partition), first.getOrDefault(partition, 0L), to)));
    return ranges;
  }
}
