package io.ocellus.cli.data;

import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Sends labelled images to the trainer's topic. An image is known by its id, the record's key: sent
 * again under the same id it replaces what was there.
 */
public final class LabelledImageSender implements AutoCloseable {
  private static final String TYPE = "io.ocellus.labelled-image";

  private final ImageProducer producer;
  private final String topic;
  private final String source;

  /**
   * Connects.
   *
   * @param kafka properties of Kafka's clients
   * @param source URI reference of where the images come from, for {@code ce_source}
   */
  public LabelledImageSender(Map<String, String> kafka, Topics topics, String source) {
    this.producer = new ImageProducer(kafka);
    this.topic = topics.labelledImages();
    this.source = source;
  }

  /** Sends a file; returns once it is on its way, and throws where an earlier one failed. */
  public void send(LabelledFile file) {
    send(file.id(), file.label(), file.group(), file.split(), ImageFiles.read(file.path()));
  }

  /** Sends an image; returns once it is on its way, and throws where an earlier one failed. */
  public void send(
      String id, String label, Optional<String> group, Optional<Split> split, byte[] image) {
    Headers headers =
        EventHeaders.cloudEvent(id, source, TYPE, Instant.now(), ImageFiles.contentType(image));
    EventHeaders.set(headers, EventHeaders.LABEL, label);
    group.ifPresent(value -> EventHeaders.set(headers, EventHeaders.GROUP, value));
    split.ifPresent(value -> EventHeaders.set(headers, EventHeaders.SPLIT, value.header()));
    producer.send(topic, id, image, headers);
  }

  /** Makes the trainer forget an image. */
  public void forget(String id) {
    producer.send(topic, id, null, new RecordHeaders());
  }

  /** Images that Kafka has. */
  public long acknowledged() {
    return producer.acknowledged();
  }

  /** Waits until Kafka has everything; throws where it refused something. */
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
