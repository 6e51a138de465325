package io.ocellus.benchmarks.serve;

import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes images into one contender's topic. A backlog is written in a transaction and shows at its
 * commit, all at once: nothing is sent while it is worked off.
 */
final class Feed implements AutoCloseable {
  private static final int TRANSACTION_MILLIS = 600_000;

  private final String topic;
  private final int partitions;
  private final int keys;
  private final EncodedImages images;
  private final KafkaProducer<byte[], byte[]> atOnce;
  private final KafkaProducer<byte[], byte[]> later;
  private long sent;

  /**
   * @param keys devices that the images are said to come from; each has its partition
   */
  Feed(String bootstrapServers, String topic, int partitions, int keys, EncodedImages images) {
    this.topic = topic;
    this.partitions = partitions;
    this.keys = keys;
    this.images = images;
    this.atOnce = producer(bootstrapServers, Map.of(ProducerConfig.LINGER_MS_CONFIG, 0));
    this.later =
        producer(
            bootstrapServers,
            Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                topic + "-feed",
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                TRANSACTION_MILLIS));
    later.initTransactions();
  }

  private static KafkaProducer<byte[], byte[]> producer(
      String bootstrapServers, Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicSpec.MAX_IMAGE_RECORD_BYTES);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Writes so many images that nobody sees yet. */
  void prepare(int count) {
    later.beginTransaction();
    List<Future<RecordMetadata>> sending = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sending.add(later.send(next()));
    }
    later.flush();
    sending.forEach(Feed::taken);
  }

  /** Shows what was prepared. */
  void show() {
    later.commitTransaction();
  }

  /** Sends one image now, and gives its id. */
  String send() {
    ProducerRecord<byte[], byte[]> image = next();
    taken(atOnce.send(image));
    return id(image.headers().lastHeader(EventHeaders.CE_ID).value());
  }

  private static void taken(Future<RecordMetadata> sending) {
    try {
      sending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The broker does not take an image", e);
    }
  }

  private static String id(byte[] header) {
    return new String(header, StandardCharsets.UTF_8);
  }

  private ProducerRecord<byte[], byte[]> next() {
    long number = sent++;
    int device = (int) (number % keys);
    return new ProducerRecord<>(
        topic,
        device % partitions,
        ("device-" + device).getBytes(StandardCharsets.UTF_8),
        images.get(number),
        EventHeaders.cloudEvent(
            Long.toString(number),
            "/devices/device-" + device,
            "io.ocellus.image",
            Instant.now(),
            "application/octet-stream"));
  }

  @Override
  public void close() {
    atOnce.close();
    later.close();
  }
}
