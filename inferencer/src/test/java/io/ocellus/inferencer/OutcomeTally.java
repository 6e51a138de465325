package io.ocellus.inferencer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.inferencer.Classification.Source;
import io.ocellus.topic.EventHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads outcomes as they come and keeps of each no more than a check needs, so that there may be
 * any number of them, of any size.
 */
final class OutcomeTally implements AutoCloseable {
  private final Stream stream;
  private final Set<Source> sources = new HashSet<>();
  private final Map<String, Long> lastOffset = new HashMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final List<Long> millis = new ArrayList<>();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::read, "outcomes");
  private long outcomes;
  private long reordered;
  private volatile boolean closed;

  OutcomeTally(Stream stream) {
    this.stream = stream;
    Map<String, Object> settings = new HashMap<>(stream.kafka());
    settings.put("isolation.level", "read_committed");
    settings.put("fetch.max.bytes", 1_000_000);
    settings.put("max.partition.fetch.bytes", 250_000);
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        java.util.stream.Stream.of(stream.topics().classifications(), stream.topics().imagesDead())
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.start();
  }

  private void read() {
    while (!closed) {
      consumer.poll(Duration.ofMillis(200)).forEach(this::add);
    }
    consumer.close();
  }

  private synchronized void add(ConsumerRecord<byte[], byte[]> record) {
    outcomes++;
    if (record.topic().equals(stream.topics().imagesDead())) {
      sources.add(Results.source(record));
      reasons.merge(
          EventHeaders.text(record.headers(), EventHeaders.REASON).orElseThrow(), 1L, Long::sum);
      return;
    }
    Classification result = Results.parse(record);
    sources.add(result.source());
    millis.add(record.timestamp() - result.captured().toEpochMilli());
    Long before = lastOffset.put(result.device(), result.source().offset());
    reordered += before != null && before >= result.source().offset() ? 1 : 0;
  }

  synchronized int images() {
    return sources.size();
  }

  /** Every image has one outcome, and the results of a device are in its order. */
  synchronized void assertExactlyOnceInOrder(int sent) {
    assertThat(sources).hasSize(sent);
    assertThat(outcomes).as("outcomes, of which none twice").isEqualTo(sent);
    assertThat(reordered).as("results before one of an earlier image of the device").isZero();
  }

  @Override
  public synchronized String toString() {
    long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
    return "%d classified, %d dead %s; from topic to topic p50 %d ms, p90 %d, p99 %d, p99.9 %d, max %d"
        .formatted(
            sorted.length,
            outcomes - sorted.length,
            reasons,
            sorted[sorted.length / 2],
            sorted[sorted.length * 9 / 10],
            sorted[(int) (sorted.length * 0.99)],
            sorted[(int) (sorted.length * 0.999)],
            sorted[sorted.length - 1]);
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
