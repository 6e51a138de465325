package io.ocellus.checkpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of a model and their keys. Its publisher finds them in the topic, once open
 * transactions are decided, and knows them from then on, as long as the topic has grown by nothing
 * but its own records. To look again is to read every chunk that the topic holds.
 */
final class PublishedVersions {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedVersions.class);

  /** Beyond a transaction's timeout, for the broker to notice. */
  private static final Duration NOTICE = Duration.ofMinutes(1);

  /** How long a topic that cannot be read is asked what became of a publication. */
  private static final Duration LOOKING = Duration.ofMinutes(5);

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Map<String, String> kafka;
  private final String topic;
  private final String model;
  private final Trust trust;
  private final Duration patience;
  private Optional<Known> known = Optional.empty();
  private long end;

  /** What the topic holds up to an offset. */
  private record Known(HeldVersions versions, long end) {}

  /**
   * @param trust whose versions count
   * @param transactionTimeout how long a transaction may stay open
   */
  PublishedVersions(
      Map<String, String> kafka,
      String topic,
      String model,
      Trust trust,
      Duration transactionTimeout) {
    this.kafka = Map.copyOf(kafka);
    this.topic = topic;
    this.model = model;
    this.trust = trust;
    this.patience = transactionTimeout.plus(NOTICE);
  }

  /**
   * What there is, to be followed by {@link #remember}. Where that does not happen, as after a
   * failure, the topic is read the next time.
   */
  HeldVersions take() {
    try (CheckpointLog log = CheckpointLog.committed(kafka, topic)) {
      requireTopic(log);
      end = CheckpointLog.uncommittedEnd(kafka, topic);
      HeldVersions versions =
          known
              .filter(before -> before.end() == end)
              .map(Known::versions)
              .orElseGet(() -> held(log));
      forget();
      return versions;
    }
  }

  /** Reads the topic, so that {@link #take} is quick where nothing is added meanwhile. */
  void look() {
    HeldVersions versions = take();
    known = Optional.of(new Known(versions, end));
  }

  /** Where the topic ends, open transactions included; 0 where there is none. */
  long end() {
    try (CheckpointLog log = CheckpointLog.committed(kafka, topic)) {
      return log.exists() ? CheckpointLog.uncommittedEnd(kafka, topic) : 0;
    }
  }

  /** The version that a command has published from that offset on. */
  Optional<Manifest> byCommandSince(long offset) {
    List<Manifest> found = new ArrayList<>();
    try (CheckpointLog log = CheckpointLog.committed(kafka, topic)) {
      log.seek(offset);
      log.readTo(
          CheckpointLog.uncommittedEnd(kafka, topic),
          patience,
          record ->
              CheckpointKey.parse(record.key())
                  .filter(key -> key.isManifest() && key.model().equals(model))
                  .filter(key -> record.value() != null)
                  .flatMap(key -> ManifestRecord.ifSound(key, record))
                  .filter(manifest -> manifest.publishedBy().equals(Manifest.COMMAND))
                  .ifPresent(found::add));
    }
    return found.stream().reduce((earlier, later) -> later);
  }

  /**
   * What there is once a version is added.
   *
   * @param taken what was there before
   * @param removed keys that were tombstoned with it
   */
  void remember(HeldVersions taken, List<CheckpointKey> removed, Manifest added) {
    HeldVersions versions = taken.with(added, removed);
    long commit = 1;
    long written = versions.sound().get(added.version()).size() + removed.size() + commit;
    known = Optional.of(new Known(versions, end + written));
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

  private HeldVersions held(CheckpointLog log) {
    HeldVersions held = HeldVersions.none();
    CheckpointReader anyones = new CheckpointReader(log, Trust.anyone());
    index(anyones, end).values().forEach(entry -> sort(entry, anyones, held));
    return held;
  }

  private void sort(CheckpointIndex.Entry entry, CheckpointReader anyones, HeldVersions held) {
    int version = entry.key().version();
    if (entry.manifest().isEmpty()) {
      held.junk().put(version, List.copyOf(entry.keys()));
      return;
    }
    try {
      Manifest manifest = anyones.require(entry);
      Map<Boolean, List<CheckpointKey>> keys =
          entry.keys().stream().collect(Collectors.partitioningBy(key -> key.isOf(manifest)));
      (isTrusted(entry) ? held.sound() : held.foreign()).put(version, keys.get(true));
      held.junk().put(version, keys.get(false));
    } catch (RefusedCheckpointException e) {
      LOG.warn("Ignoring a version for numbering and retention: {}", e.getMessage());
      held.junk().put(version, List.copyOf(entry.keys()));
    }
  }

  private boolean isTrusted(CheckpointIndex.Entry entry) {
    try {
      trust.check(entry.key(), entry.manifest().orElseThrow());
      return true;
    } catch (RefusedCheckpointException e) {
      LOG.warn("Ignoring a version for numbering and retention: {}", e.getMessage());
      return false;
    }
  }

  /** All that is in the topic up to that offset; waits for transactions that are open. */
  private NavigableMap<Integer, CheckpointIndex.Entry> index(CheckpointReader reader, long upTo) {
    return reader.index(upTo, patience).versions(model);
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
        long now = CheckpointLog.uncommittedEnd(kafka, topic);
        return Optional.ofNullable(
                index(new CheckpointReader(log, trust), now).get(manifest.version()))
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
