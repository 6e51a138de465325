package io.ocellus.checkpoint;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** The versions of a model as its publisher finds them, once open transactions are decided. */
final class PublishedVersions {
  /** Beyond a transaction's timeout, for the broker to notice. */
  private static final Duration NOTICE = Duration.ofMinutes(1);

  /** How long a topic that cannot be read is asked what became of a publication. */
  private static final Duration LOOKING = Duration.ofMinutes(5);

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Map<String, String> kafka;
  private final String topic;
  private final String model;
  private final Duration patience;

  /**
   * @param transactionTimeout how long a transaction may stay open
   */
  PublishedVersions(
      Map<String, String> kafka, String topic, String model, Duration transactionTimeout) {
    this.kafka = Map.copyOf(kafka);
    this.topic = topic;
    this.model = model;
    this.patience = transactionTimeout.plus(NOTICE);
  }

  /** All that is in the topic now; waits for transactions that are open. */
  NavigableMap<Integer, CheckpointIndex.Entry> byNumber() {
    try (CheckpointLog log = CheckpointLog.committed(kafka, topic)) {
      if (!log.exists()) {
        throw new CheckpointException("Topic %s is missing".formatted(topic));
      }
      long end = CheckpointLog.uncommittedEnd(kafka, topic);
      return new CheckpointReader(log, Trust.anyone()).index(end, patience).versions(model);
    }
  }

  /**
   * Whether that very version is visible, whose commit failed.
   *
   * @throws CheckpointException where that could not be found out
   */
  boolean hold(Manifest manifest, Exception failure) {
    byte[] wanted = ManifestRecord.write(topic, manifest).value();
    for (long begun = System.nanoTime(); ; LockSupport.parkNanos(PAUSE_NANOS)) {
      try {
        return Optional.ofNullable(byNumber().get(manifest.version()))
            .flatMap(CheckpointIndex.Entry::manifest)
            .filter(found -> Arrays.equals(found.value(), wanted))
            .isPresent();
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException | CheckpointException e) {
        if (System.nanoTime() - begun > LOOKING.toNanos()) {
          throw PublicationFailure.unknown(manifest, topic, failure);
        }
      }
    }
  }
}
