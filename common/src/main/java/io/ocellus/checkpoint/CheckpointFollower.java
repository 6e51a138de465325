package io.ocellus.checkpoint;

import io.ocellus.service.Deadline;
import io.ocellus.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the checkpoint topic on a thread of its own and hands over versions of a model: at the
 * start the newest sound one, from then on each that is newer. An older one is refused, unless the
 * newer ones were deleted from the topic or changed there; then the newest sound one that is left
 * is handed over, as at a start. It survives whatever happens to the broker, the topic or the
 * listener; while something is wrong it tries again, and says so in the log.
 */
public final class CheckpointFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFollower.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration FAREWELL = Duration.ofSeconds(30);

  private final Map<String, String> kafka;
  private final String topic;
  private final String model;
  private final Trust trust;
  private final Arrivals arrivals;
  private final SpoolFolder spool;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<CheckpointLog> reading = new AtomicReference<>();
  private volatile String hint = "";

  /** Receives what the topic brings, on the follower's thread. */
  public interface Listener {
    /**
     * A version whose files are verified. The folder is deleted after the return. The next version
     * waits meanwhile. What is thrown counts as a refusal: that of a {@link
     * RefusedCheckpointException}, else {@link Refusal.Reason#LOAD_FAILED}; where no version is the
     * latest, the next older one is then tried.
     */
    void arrived(Checkpoint checkpoint);

    /** A version that must not serve; it is in the log already. */
    void refused(Refusal refusal);
  }

  /**
   * @param kafka properties of Kafka's clients
   * @param spool folder for files on their way in; on a local disk
   * @param trust whose versions are handed over; all others are refused
   */
  public CheckpointFollower(
      Map<String, String> kafka,
      Topics topics,
      String model,
      Path spool,
      Trust trust,
      Listener listener) {
    this.kafka = Map.copyOf(kafka);
    this.topic = topics.checkpoints();
    this.model = model;
    this.spool = new SpoolFolder(spool);
    this.trust = trust;
    this.arrivals = new Arrivals(listener);
    this.thread = new Thread(this::run, "checkpoint-follower-" + model);
    thread.setDaemon(true);
  }

  /** Begins to follow. */
  public void start() {
    thread.start();
  }

  /**
   * Why no version may ever arrive: the topic has none of this model, but has some of others. Empty
   * where one has arrived, and where the topic has none at all.
   */
  public Optional<String> hint() {
    return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
  }

  /** Stops following; waits for a listener that is at work, at most half a minute. */
  @Override
  public void close() {
    close(Deadline.in(FAREWELL));
  }

  /** Stops following; waits for a listener that is at work, no longer than this. */
  public void close(Deadline deadline) {
    closed.countDown();
    CheckpointLog log = reading.get();
    if (log != null) {
      log.wakeup();
    }
    try {
      deadline.join(thread);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (!pausedUntilClosed(Duration.ZERO)) {
      long began = System.nanoTime();
      try {
        follow();
      } catch (WakeupException e) {
        LOG.debug("Woken up to stop", e);
      } catch (Throwable e) {
        boolean lasted = System.nanoTime() - began > LONGEST_PAUSE.toNanos();
        pause = lasted ? FIRST_PAUSE : doubled(pause);
        LOG.warn(
            "Cannot follow checkpoints of model {} in {}, trying again in {} ms: {}",
            model,
            topic,
            pause.toMillis(),
            e.toString());
        pausedUntilClosed(pause);
      }
    }
    spool.close();
  }

  private void follow() {
    try (CheckpointLog log = CheckpointLog.committed(kafka, topic)) {
      reading.set(log);
      if (pausedUntilClosed(Duration.ZERO)) {
        return;
      }
      if (!log.exists()) {
        throw new CheckpointException("The topic does not exist");
      }
      FollowedLog followed = new FollowedLog(log, model, spool, trust, arrivals);
      followed.catchUp();
      while (!pausedUntilClosed(Duration.ZERO)) {
        lookForOtherModels(followed);
        followed.next();
      }
    } finally {
      reading.set(null);
    }
  }

  private void lookForOtherModels(FollowedLog followed) {
    List<String> others = arrivals.latest().isPresent() ? List.of() : followed.otherModels();
    String now =
        others.isEmpty()
            ? ""
            : "%s has no version of model %s, but versions of %s: set `model`, or publish one as %s"
                .formatted(topic, model, String.join(", ", others), model);
    if (!now.isEmpty() && !now.equals(hint)) {
      LOG.warn("{}", now);
    }
    hint = now;
  }

  private static Duration doubled(Duration pause) {
    Duration longer = pause.multipliedBy(2);
    return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  private boolean pausedUntilClosed(Duration pause) {
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed.countDown();
      return true;
    }
  }
}
