package io.ocellus.inferencer;

import io.ocellus.topic.TopicSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams' properties: what suits images, then what {@code kafka.*} says. */
final class StreamsSettings {
  /** Latency of a lone image is ruled by these two, which are 100 ms by default. */
  private static final int POLL_MILLIS = 5;

  /**
   * Between two partitions to restore, the consumer asks for an offset, and waits with that until
   * the fetch that is under way has ended, which on an empty changelog takes this long.
   */
  private static final int RESTORE_WAIT_MILLIS = 20;

  private static final int LINGER_MILLIS = 5;

  /**
   * A request takes several images to the changelog; in batches of 16 KiB each took one. The
   * smallest buffer, of 42 MB, has room for the batches of some 50 tasks to a thread.
   */
  private static final int PRODUCER_BATCH_BYTES = 256 * 1024;

  /**
   * What is classified again after a crash, at most; results under exactly-once do not wait for it.
   */
  private static final int COMMIT_MILLIS = 1000;

  /** Images are large: few are fetched ahead of the ring. */
  private static final int RECORDS_AHEAD = 100;

  /** A member that died is noticed after this; no state is worth waiting for it. */
  private static final int SESSION_MILLIS = 15_000;

  /**
   * A broker that was cut off from its peers, though not from its clients, goes on as leader with
   * nothing new to read: consumers stay with it until they ask again who leads.
   */
  private static final int METADATA_MILLIS = 30_000;

  /** Readers of committed records wait so long for the transaction of a process that was killed. */
  private static final int TRANSACTION_MILLIS = 60_000;

  private static final int WAITS_TO_A_TRANSACTION = 3;

  private static final String READ_COMMITTED = IsolationLevel.READ_COMMITTED.toString();

  /** An envelope holds its record and a little more. */
  private static final int ENVELOPE_BYTES = 1024 * 1024;

  /**
   * Each reads committed records under either guarantee. What an earlier run left in an aborted
   * transaction would otherwise be restored: freed slots whose results were never seen, which loses
   * images, and images that are read again. So would a position be taken from before a transaction
   * that is being committed.
   */
  private static final List<String> CONSUMERS =
      List.of(StreamsConfig.MAIN_CONSUMER_PREFIX, StreamsConfig.RESTORE_CONSUMER_PREFIX);

  private static final int CACHE_SHARE_OF_HEAP = 4;

  private StreamsSettings() {}

  /**
   * Those of a client in that consumer group.
   *
   * @param clientId used where {@code kafka.client.id} does not say another
   */
  static Map<String, Object> of(InferencerConfig config, String applicationId, String clientId) {
    InferencerConfig.Streams streams = config.streams();
    boolean classic = streams.groupProtocol() == InferencerConfig.GroupProtocol.CLASSIC;
    Map<String, Object> properties = new HashMap<>();
    properties.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), PRODUCER_BATCH_BYTES);
    properties.put(
        StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
        RESTORE_WAIT_MILLIS);
    properties.put(StreamsConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, cacheBytes(config));
    properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS_AHEAD);
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RECORDS_AHEAD);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        largestEnvelope(config));
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
        2L * largestEnvelope(config));
    if (exactlyOnce(config)) {
      properties.put(
          StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
          transactionTimeout(config));
    }
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallRocksDb.class);
    if (classic) {
      properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
    }
    properties.put(StreamsConfig.CLIENT_ID_CONFIG, clientId);
    properties.putAll(config.kafka());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().resolve("streams").toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, streams.threads());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, name(streams.guarantee()));
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, name(streams.groupProtocol()));
    CONSUMERS.forEach(
        consumer ->
            properties.put(consumer + ConsumerConfig.ISOLATION_LEVEL_CONFIG, READ_COMMITTED));
    return properties;
  }

  /** Whether results show at commits. */
  static boolean exactlyOnce(InferencerConfig config) {
    return config.streams().guarantee() == InferencerConfig.Guarantee.EXACTLY_ONCE_V2;
  }

  /** The largest record of the changelog, in bytes. */
  static int largestEnvelope(InferencerConfig config) {
    long image = Math.max(config.image().maxBytes(), TopicSpec.MAX_IMAGE_RECORD_BYTES);
    return (int) Math.min(Integer.MAX_VALUE, image + ENVELOPE_BYTES);
  }

  /**
   * Room for all that can be in flight, so that what is finished before a commit never reaches the
   * changelog; where images may be so large that the heap sets the limit, some does.
   */
  private static long cacheBytes(InferencerConfig config) {
    long inFlight = (long) config.topics().partitions() * config.streams().slots();
    long wanted =
        Math.multiplyHigh(inFlight, config.image().maxBytes()) != 0
            ? Long.MAX_VALUE
            : inFlight * config.image().maxBytes();
    return Math.min(wanted, Runtime.getRuntime().maxMemory() / CACHE_SHARE_OF_HEAP);
  }

  /**
   * How long tasks may keep their thread from committing, so that a transaction never times out.
   */
  static Duration longestWait(InferencerConfig config) {
    String key = ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
    String general = transactionTimeout(config);
    String own = config.kafka().getOrDefault(StreamsConfig.producerPrefix(key), general);
    int millis = (int) ConfigDef.parseType(key, own, ConfigDef.Type.INT);
    return Duration.ofMillis(millis / WAITS_TO_A_TRANSACTION);
  }

  /** In milliseconds; Kafka Streams compares the producer's own with its commit interval. */
  private static String transactionTimeout(InferencerConfig config) {
    return config
        .kafka()
        .getOrDefault(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Integer.toString(TRANSACTION_MILLIS));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
