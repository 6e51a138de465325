package io.ocellus.trainer.data;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.h2.mvstore.MVMap;

/**
 * Which record of the labelled topic said last what an image is. The records of one image lie in
 * one partition, in order, unless partitions were added to the topic or two senders choose
 * partitions by different rules: then the older ones stay where they were, whatever compaction
 * does, and nothing but their timestamps tells which was the last.
 */
final class RecordOrigins {
  private final MVMap<String, String> origins;

  RecordOrigins(StoreFile file) {
    this.origins = file.texts("origins");
  }

  /** The place and time of a record. */
  private record Origin(int partition, long timestamp) {}

  /**
   * Takes note of a record.
   *
   * @return whether it counts; false where a later one of another partition is known
   */
  boolean add(String id, ConsumerRecord<?, ?> record) {
    Origin origin = new Origin(record.partition(), record.timestamp());
    String known = origins.get(id);
    if (known != null && isLater(StoreFile.parse(known, Origin.class), origin)) {
      return false;
    }
    origins.put(id, StoreFile.json(origin));
    return true;
  }

  private static boolean isLater(Origin known, Origin other) {
    return known.partition() != other.partition() && known.timestamp() > other.timestamp();
  }

  void clear() {
    origins.clear();
  }
}
