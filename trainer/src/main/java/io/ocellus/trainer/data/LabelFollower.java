package io.ocellus.trainer.data;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps the store equal to the labelled topic, on a thread of its own. It reads every partition
 * without a consumer group: what was read is remembered beside the images, in the same commit.
 */
public final class LabelFollower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LabelFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  /** Between two tries of references that led nowhere: half an hour. */
  private static final int MOST_LOOKS = 60;

  private final LabelledTopic topic;
  private final ImageStore store;
  private final RecordReader reader;
  private final Listener listener;
  private final Thread thread = new Thread(this::run, "ocellus-labels");
  private final CountDownLatch closed = new CountDownLatch(1);
  private int looks;
  private int retryAtLook;
  private int retryPause = 1;
  private volatile boolean caughtUp;
  private volatile String failure = "";

  /** Hears of what was read. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A stretch of the topic is in the store.
     *
     * @param applied what it did
     * @param lag how many offsets the topic is ahead
     */
    void applied(Applied applied, long lag);
  }

  public LabelFollower(
      Map<String, String> kafka,
      String topic,
      ImageStore store,
      ImageReader images,
      Listener listener) {
    this.topic = new LabelledTopic(kafka, topic);
    this.store = store;
    this.reader = new RecordReader(images, store.framing());
    this.listener = listener;
  }

  /** Begins to read. */
  public void start() {
    thread.start();
  }

  /** Whether the topic's end, as it was at the start, was reached. */
  public boolean caughtUp() {
    return caughtUp;
  }

  /** Why reading stopped for good; empty while it goes on. */
  public Optional<String> failure() {
    return failure.isEmpty() ? Optional.empty() : Optional.of(failure);
  }

  private void run() {
    while (closed.getCount() > 0) {
      try (Consumer<String, byte[]> consumer = topic.consumer()) {
        follow(consumer);
      } catch (WakeupException e) {
        return;
      } catch (OffsetOutOfRangeException e) {
        log.warn("{} no longer has the offsets that come next: looking at it anew", topic.name());
      } catch (StoreException e) {
        log.error("{}", e.getMessage(), e);
        failure = e.getMessage();
        return;
      } catch (KafkaException e) {
        log.warn("{} cannot be read, trying again: {}", topic.name(), e.getMessage());
        pause();
      } catch (Throwable e) {
        log.error("{} is no longer followed", topic.name(), e);
        failure = "the labelled images are no longer followed: " + e;
        return;
      }
    }
  }

  private void follow(Consumer<String, byte[]> consumer) {
    Set<TopicPartition> partitions = topic.partitions();
    resume(consumer, partitions);
    Map<TopicPartition, Long> target = consumer.endOffsets(partitions);
    long lookAgain = System.nanoTime() + LOOK_AGAIN.toNanos();
    while (closed.getCount() > 0) {
      apply(consumer, consumer.poll(POLL));
      if (!target.isEmpty()
          && target.entrySet().stream()
              .allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
        target = Map.of();
        reachedEnd();
      }
      if (System.nanoTime() > lookAgain) {
        lookAgain = System.nanoTime() + LOOK_AGAIN.toNanos();
        if (!topic.partitions().equals(partitions)) {
          log.info("{} has other partitions than before: looking at it anew", topic.name());
          return;
        }
        retryPending(consumer);
      }
    }
  }

  private void resume(Consumer<String, byte[]> consumer, Set<TopicPartition> partitions) {
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    String id = topic.id();
    StoredPositions stored = store.positions();
    Optional<String> reread =
        stored.whyReread(
            id, LabelledTopic.byNumber(ends), System.currentTimeMillis(), topic.tombstones());
    reread.ifPresent(
        why -> {
          log.atLevel(stored.topicId().isEmpty() ? Level.INFO : Level.WARN)
              .log("{} is read from its start: {}", topic.name(), why);
          store.reread(id);
        });
    Map<Integer, Long> next = reread.isPresent() ? Map.of() : stored.next();
    for (TopicPartition partition : partitions) {
      long begin = begins.get(partition);
      long from = next.getOrDefault(partition.partition(), begin);
      if (from < begin) {
        log.warn("{} lost offsets {} to {} before they were read", partition, from, begin);
      }
      consumer.seek(partition, Math.max(from, begin));
      store.begin(partition.partition(), begin);
    }
  }

  private void apply(Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records) {
    if (records.isEmpty()) {
      return;
    }
    List<ConsumerRecord<String, byte[]>> list =
        records.partitions().stream().flatMap(p -> records.records(p).stream()).toList();
    List<Change> changes = store.current(list).parallelStream().map(reader::read).toList();
    Applied applied = store.apply(changes, LabelledTopic.positions(consumer));
    listener.applied(applied, LabelledTopic.lag(consumer));
  }

  /** References that led nowhere, again; those of a server that stays away ever more rarely. */
  private void retryPending(Consumer<String, byte[]> consumer) {
    List<Change> found = List.of();
    if (++looks >= retryAtLook) {
      List<PendingReference> pending = store.pending();
      found = pending.parallelStream().flatMap(p -> reader.retry(p).stream()).toList();
      retryPause = pending.isEmpty() || !found.isEmpty() ? 1 : Math.min(2 * retryPause, MOST_LOOKS);
      retryAtLook = looks + retryPause;
      if (!pending.isEmpty()) {
        log.warn("{} of {} references that led nowhere were read", found.size(), pending.size());
      }
    }
    Applied applied = store.apply(found, Map.of());
    if (!found.isEmpty()) {
      listener.applied(applied, LabelledTopic.lag(consumer));
    }
  }

  private void reachedEnd() {
    if (!store.positions().swept()) {
      int gone = store.sweep();
      if (gone > 0) {
        log.info("{} images are no longer in {}: forgotten", gone, topic.name());
      }
    }
    caughtUp = true;
    listener.applied(new Applied(0, 0, 0, 0), 0);
  }

  private void pause() {
    try {
      if (closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("Closed while waiting for {}", topic.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    topic.close();
  }
}
