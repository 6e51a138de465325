package io.ocellus.inferencer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Whether records of an open transaction lie in the changelog of what is in flight. */
final class OpenTransactions implements AutoCloseable {
  private final Admin admin;
  private final Map<TopicPartition, OffsetSpec> ends;

  OpenTransactions(Stream stream) {
    admin = Admin.create(new HashMap<>(stream.kafka()));
    String changelog = stream.group() + "-in-flight-changelog";
    ends =
        IntStream.range(0, Stream.PARTITIONS)
            .mapToObj(partition -> new TopicPartition(changelog, partition))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
  }

  /** Returns when it is so, or after that time. */
  void await(Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!open() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private boolean open() {
    Map<TopicPartition, Long> written = offsets(IsolationLevel.READ_UNCOMMITTED);
    Map<TopicPartition, Long> stable = offsets(IsolationLevel.READ_COMMITTED);
    return written.entrySet().stream().anyMatch(end -> end.getValue() > stable.get(end.getKey()));
  }

  private Map<TopicPartition, Long> offsets(IsolationLevel level) {
    return admin
        .listOffsets(ends, new ListOffsetsOptions(level))
        .all()
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  @Override
  public void close() {
    admin.close();
  }
}
