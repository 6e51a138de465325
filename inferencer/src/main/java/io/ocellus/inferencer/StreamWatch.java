package io.ocellus.inferencer;

import io.ocellus.topic.TopicAdmin;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds, beside the running stream, at what others may change about it in Kafka:
 * partitions that were added to the images topic, and members that do not belong to its consumer
 * group.
 */
final class StreamWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamWatch.class);

  /** Consumers hear of added partitions up to 30 s later, and this is to be before them. */
  private static final long EVERY_SECONDS = 5;

  private final TopicAdmin admin;
  private final ConsumerGroup group;
  private final String name;
  private final Changelog changelog;
  private final Thread thread = new Thread(this::run, "ocellus-stream-watch");
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ReentrantLock looking = new ReentrantLock();
  private volatile String problem = "";

  /**
   * @param name of the group
   */
  StreamWatch(InferencerConfig config, TopicAdmin admin, ConsumerGroup group, String name) {
    this.admin = admin;
    this.group = group;
    this.name = name;
    this.changelog = new Changelog(config.topics().topics(), name);
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!closed.await(EVERY_SECONDS, TimeUnit.SECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What keeps images from being classified as they should be; empty where nothing does. */
  Optional<String> problem() {
    return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
  }

  /** Looks now, unless somebody does. A Kafka that does not answer is a problem too. */
  void look() {
    if (looking.tryLock()) {
      try {
        lookNow();
      } finally {
        looking.unlock();
      }
    }
  }

  private void lookNow() {
    try {
      changelog.follow(admin);
      say(group.stranger(admin, name).orElse(""));
    } catch (RuntimeException e) {
      say(e.getMessage());
    }
  }

  private void say(String now) {
    if (!now.isEmpty() && !now.equals(problem) && closed.getCount() > 0) {
      log.error("{}", now);
    }
    problem = now;
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    admin.close();
  }
}
