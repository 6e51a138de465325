package io.ocellus.checkpoint;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The versions of a model and their keys. Its publisher finds them in the topic, once open
 * transactions are decided, and knows from then on: nobody else can add to them without fencing it.
 * To look again would be to read every chunk that the topic holds.
 */
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
  private Optional<NavigableMap<Integer, List<CheckpointKey>>> known = Optional.empty();

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

  /**
   * What there is, to be given back by {@link #remember}. Where that does not happen, as after a
   * failure, the topic is read the next time.
   */
  NavigableMap<Integer, List<CheckpointKey>> take() {
    try (CheckpointLog log = CheckpointLog.committed(kafka, topic)) {
      requireTopic(log);
      NavigableMap<Integer, List<CheckpointKey>> versions = known.orElseGet(() -> keys(log));
      forget();
      return versions;
    }
  }

  /** What there is once a version is added and others have made room. */
  void remember(
      NavigableMap<Integer, List<CheckpointKey>> taken,
      List<CheckpointKey> expired,
      Manifest added) {
    NavigableMap<Integer, List<CheckpointKey>> versions = new TreeMap<>(taken);
    expired.forEach(key -> versions.remove(key.version()));
    versions.put(added.version(), CheckpointKey.all(added));
    known = Optional.of(versions);
  }

  /** The topic may hold something else than was known. */
  void forget() {
    known = Optional.empty();
  }

  private void requireTopic(CheckpointLog log) {
    if (!log.exists()) {
      throw new CheckpointException("Topic %s is missing".formatted(topic));
    }
  }

  private NavigableMap<Integer, List<CheckpointKey>> keys(CheckpointLog log) {
    NavigableMap<Integer, List<CheckpointKey>> versions = new TreeMap<>();
    index(log).forEach((version, entry) -> versions.put(version, List.copyOf(entry.keys())));
    return versions;
  }

  /** All that is in the topic now; waits for transactions that are open. */
  private NavigableMap<Integer, CheckpointIndex.Entry> index(CheckpointLog log) {
    long end = CheckpointLog.uncommittedEnd(kafka, topic);
    return new CheckpointReader(log, Trust.anyone()).index(end, patience).versions(model);
  }

  /**
   * Whether that very version is visible, whose commit failed.
   *
   * @throws CheckpointException where that could not be found out
   */
  boolean hold(Manifest manifest, Exception failure) {
    byte[] wanted = ManifestRecord.write(topic, manifest).value();
    for (long begun = System.nanoTime(); ; LockSupport.parkNanos(PAUSE_NANOS)) {
      try (CheckpointLog log = CheckpointLog.committed(kafka, topic)) {
        requireTopic(log);
        return Optional.ofNullable(index(log).get(manifest.version()))
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
