package io.ocellus.checkpoint;

import io.ocellus.topic.KafkaFault;
import io.ocellus.topic.Topics;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up what the checkpoint topic holds at this moment. Each question reads the topic from its
 * beginning, which takes as long as its retained versions are large.
 */
public final class CheckpointCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointCatalog.class);

  private final Map<String, String> kafka;
  private final String topic;
  private final Trust trust;

  /** Of everybody's versions. */
  public CheckpointCatalog(Map<String, String> kafka, Topics topics) {
    this(kafka, topics, Trust.anyone());
  }

  /**
   * @param kafka properties of Kafka's clients
   * @param trust whose versions count as sound
   */
  public CheckpointCatalog(Map<String, String> kafka, Topics topics, Trust trust) {
    this.kafka = Map.copyOf(kafka);
    this.topic = topics.checkpoints();
    this.trust = trust;
  }

  /** The versions of that model whose manifests are sound, lowest first. */
  public List<Manifest> versions(String model) {
    return all().stream().filter(manifest -> manifest.model().equals(model)).toList();
  }

  /** The versions of all models whose manifests are sound, by model and version. */
  public List<Manifest> all() {
    return signed().stream().map(Signed::manifest).toList();
  }

  /**
   * A sound manifest.
   *
   * @param signer who signed it; empty where that was neither demanded nor claimed
   */
  public record Signed(Manifest manifest, Optional<Signer> signer) {}

  /** The same as {@link #all}, with who signed them. */
  public List<Signed> signed() {
    return read(
        List.of(),
        (reader, index) ->
            index.models().stream()
                .flatMap(model -> index.versions(model).values().stream())
                .flatMap(entry -> signed(entry).stream())
                .sorted(
                    Comparator.comparing((Signed signed) -> signed.manifest().model())
                        .thenComparing(signed -> signed.manifest().version()))
                .toList());
  }

  /** Every version of that model that has a manifest, sound or not, lowest first. */
  public List<Integer> numbers(String model) {
    return read(
        List.of(),
        (reader, index) ->
            index.versions(model).values().stream()
                .filter(entry -> entry.manifest().isPresent())
                .map(entry -> entry.key().version())
                .toList());
  }

  /** The highest version of that model whose manifest is sound. */
  public Optional<Manifest> newest(String model) {
    List<Manifest> versions = versions(model);
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  /** As {@link #fetch(String, int, Path, LongConsumer)}, silently. */
  public Checkpoint fetch(String model, int version, Path directory) {
    return fetch(model, version, directory, bytes -> {});
  }

  /**
   * Downloads one version and verifies it.
   *
   * @param directory where its files go; it is created where it is missing
   * @param progress is told the bytes of each chunk as it comes
   * @throws NoSuchElementException where the topic has no such version
   * @throws RefusedCheckpointException where it is not what its manifest promises
   */
  public Checkpoint fetch(String model, int version, Path directory, LongConsumer progress) {
    Optional<Checkpoint> found =
        read(
            Optional.empty(),
            (reader, index) ->
                Optional.ofNullable(index.versions(model).get(version))
                    .filter(entry -> entry.manifest().isPresent())
                    .map(entry -> fetch(reader, entry, directory, progress)));
    return found.orElseThrow(
        () ->
            new NoSuchElementException(
                "Topic %s has no version %d of model %s".formatted(topic, version, model)));
  }

  private static Checkpoint fetch(
      CheckpointReader reader, CheckpointIndex.Entry entry, Path directory, LongConsumer progress) {
    try (SpooledCheckpoint spooled = new SpooledCheckpoint(directory)) {
      return reader.fetch(entry, spooled, progress);
    }
  }

  /** A question that is answered from the topic. */
  private interface Question<T> {
    T answer(CheckpointReader reader, CheckpointIndex index);
  }

  private <T> T read(T withoutTopic, Question<T> question) {
    try (CheckpointLog log = CheckpointLog.committed(kafka, topic)) {
      if (!log.exists()) {
        return withoutTopic;
      }
      CheckpointReader reader = new CheckpointReader(log, trust);
      return question.answer(reader, reader.index(log.end(), CheckpointReader.PATIENCE));
    } catch (KafkaException e) {
      throw new CheckpointException(
          "Topic %s at %s cannot be read: %s"
              .formatted(topic, kafka.get("bootstrap.servers"), KafkaFault.message(e)),
          e);
    }
  }

  private Optional<Signed> signed(CheckpointIndex.Entry entry) {
    try {
      return entry
          .manifest()
          .map(
              record -> {
                Optional<Signer> signer = trust.check(entry.key(), record);
                return new Signed(ManifestRecord.read(entry.key(), record), signer);
              });
    } catch (RefusedCheckpointException e) {
      LOG.warn(e.getMessage());
      return Optional.empty();
    }
  }
}
