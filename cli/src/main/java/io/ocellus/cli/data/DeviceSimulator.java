package io.ocellus.cli.data;

import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.Topics;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;

/**
 * Imaging devices that are not there: takes images one after the other and sends each as the next
 * device, at a rate, or as fast as Kafka takes them.
 */
public final class DeviceSimulator implements AutoCloseable {
  private static final String TYPE = "io.ocellus.image";

  private final ImageProducer producer;
  private final String topic;
  private final int devices;
  private final double imagesPerSecond;
  private final Consumer<SentImage> listener;
  private final String run = UUID.randomUUID().toString();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private long sent;

  /**
   * Connects.
   *
   * @param kafka properties of Kafka's clients
   * @param devices how many; they take turns
   * @param imagesPerSecond of all together; 0 for no limit
   * @param listener told of each image before it is sent, so that it knows of it before its result
   */
  public DeviceSimulator(
      Map<String, String> kafka,
      Topics topics,
      int devices,
      double imagesPerSecond,
      Consumer<SentImage> listener) {
    if (devices < 1 || !(imagesPerSecond >= 0)) {
      throw new IllegalArgumentException(
          "There must be one device or more, at a rate of 0 or more, not %d at %s"
              .formatted(devices, imagesPerSecond));
    }
    this.producer = new ImageProducer(kafka);
    this.topic = topics.images();
    this.devices = devices;
    this.imagesPerSecond = imagesPerSecond;
    this.listener = listener;
  }

  /**
   * Sends all of these, which may be endless; returns when Kafka has them or {@link #stop} is
   * called. May be called again with more, by one thread at a time.
   */
  public void send(Iterator<DeviceImage> images) {
    long start = System.nanoTime();
    for (long n = 0; images.hasNext() && await(start, n); n++) {
      send(images.next());
    }
    producer.flush();
  }

  /** Ends {@link #send} after the image it is at; from any thread. */
  public void stop() {
    stopped.countDown();
  }

  /** Images that Kafka has. */
  public long acknowledged() {
    return producer.acknowledged();
  }

  @Override
  public void close() {
    stop();
    producer.close();
  }

  private void send(DeviceImage image) {
    String device = "device-" + (1 + sent % devices);
    String id = "%s-%s".formatted(run, sent++);
    Instant now = Instant.now();
    Headers headers =
        EventHeaders.cloudEvent(
            id, "/devices/" + device, TYPE, now, ImageFiles.contentType(image.bytes()));
    listener.accept(new SentImage(id, device, now, image));
    producer.send(topic, device, image.bytes(), headers);
  }

  /** Waits for the turn of the n-th image; false where it is not to be sent any more. */
  private boolean await(long start, long n) {
    long wait =
        imagesPerSecond == 0 ? 0 : start + (long) (n * 1e9 / imagesPerSecond) - System.nanoTime();
    try {
      return !stopped.await(wait, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
