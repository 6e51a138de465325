package io.ocellus.inferencer.classify;

import io.ocellus.inferencer.InferencerMetrics;
import io.ocellus.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The stream: images in, the ring in its state store, classifications and dead letters out. Records
 * are bytes on the way in, so that nothing can fail before the ring has them.
 */
public final class ClassifyTopology {
  static final String IMAGES = "images";
  static final String CLASSIFY = "classify";
  static final String IN_FLIGHT = "in-flight";
  static final String CLASSIFICATIONS = "classifications";
  static final String IMAGES_DEAD = "images-dead";

  private ClassifyTopology() {}

  /** What Kafka Streams calls the topic that the ring is restored from. */
  public static String changelog(String applicationId) {
    return "%s-%s-changelog".formatted(applicationId, IN_FLIGHT);
  }

  /**
   * The topology.
   *
   * @param slots images in flight per task
   * @param largestRecord that the images topic takes, in bytes
   * @param resultsShowAtCommits as under exactly-once
   * @param longestWait of the tasks of a thread for full rings, between two commits
   */
  public static Topology of(
      Topics topics,
      int slots,
      int largestRecord,
      boolean resultsShowAtCommits,
      Duration longestWait,
      Classifier classifier,
      InferencerMetrics metrics) {
    return of(
        topics,
        slots,
        largestRecord,
        resultsShowAtCommits,
        longestWait,
        classifier::classify,
        metrics);
  }

  static Topology of(
      Topics topics,
      int slots,
      int largestRecord,
      boolean resultsShowAtCommits,
      Duration longestWait,
      Function<ImageEvent, CompletableFuture<Outcome>> classifier,
      InferencerMetrics metrics) {
    ThreadLocal<CommitPace> pace =
        ThreadLocal.withInitial(() -> new CommitPace(resultsShowAtCommits));
    ThreadLocal<Patience> patience = ThreadLocal.withInitial(() -> new Patience(longestWait));
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new Topology()
        .addSource(
            AutoOffsetReset.earliest(),
            IMAGES,
            (record, partitionTime) ->
                record.timestamp() < 0 ? System.currentTimeMillis() : record.timestamp(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            topics.images())
        .addProcessor(
            CLASSIFY,
            supplier(
                () -> new ClassifyProcessor(slots, classifier, metrics, pace::get, patience::get),
                store(largestRecord)),
            IMAGES)
        .addSink(CLASSIFICATIONS, topics.classifications(), bytes, bytes, CLASSIFY)
        .addSink(IMAGES_DEAD, topics.imagesDead(), bytes, bytes, CLASSIFY);
  }

  /** On disk, because only then does Kafka Streams keep its identity and fence its own zombies. */
  private static StoreBuilder<?> store(int largestRecord) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(IN_FLIGHT), Serdes.Integer(), new EnvelopeSerde())
        .withCachingEnabled()
        .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(largestRecord)));
  }

  private static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
      Supplier<Processor<byte[], byte[], byte[], byte[]>> processor, StoreBuilder<?> store) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], byte[], byte[], byte[]> get() {
        return processor.get();
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(store);
      }
    };
  }
}
