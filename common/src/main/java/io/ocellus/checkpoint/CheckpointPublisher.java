package io.ocellus.checkpoint;

import io.ocellus.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes checkpoints: chunks, then the manifest, in one transaction, so that readers see all of
 * a version or nothing. The transactional id is the model's, so that the broker lets one trainer of
 * a model publish, the one that started last.
 */
public final class CheckpointPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointPublisher.class);

  /** An open transaction of another model's trainer ends, or times out, within this. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Map<String, String> kafka;
  private final String topic;
  private final String model;
  private final Retention retention;
  private final String transactionalId;
  private final CheckpointProducer producer;
  private boolean fenced;

  /**
   * Fences every older publisher of the model and aborts what it had begun.
   *
   * @param kafka properties of Kafka's clients
   * @param keep versions that stay in the topic; the newest and its parent always do
   */
  public CheckpointPublisher(Map<String, String> kafka, Topics topics, String model, int keep) {
    if (!CheckpointKey.isName(model)) {
      throw new IllegalArgumentException(
          "model must be letters, digits, dots, underscores and hyphens, not '%s'"
              .formatted(model));
    }
    this.kafka = Map.copyOf(kafka);
    this.topic = topics.checkpoints();
    this.model = model;
    this.retention = new Retention(keep);
    this.transactionalId = "ocellus-trainer-%s-%s".formatted(topics.prefix(), model);
    try {
      this.producer = new CheckpointProducer(kafka, transactionalId);
    } catch (KafkaException e) {
      throw new CheckpointException(
          "Cannot become the publisher of model %s: %s".formatted(model, e.getMessage()), e);
    }
  }

  /**
   * Publishes the files of that folder as the next version.
   *
   * @param draft what the manifest is to say; version and files are filled in
   * @return the manifest as it was published
   * @throws FencedTrainerException where another publisher of the model has started since
   * @throws CheckpointException where the topic cannot be written; nothing of it is visible then
   */
  public synchronized Manifest publish(Manifest draft, Path directory) {
    if (!draft.model().equals(model)) {
      throw new IllegalArgumentException(
          "A manifest of model %s cannot be published as %s".formatted(draft.model(), model));
    }
    if (fenced) {
      throw new FencedTrainerException(model, topic, transactionalId, null);
    }
    try {
      List<ChunkedFile> files = ChunkedFile.in(directory);
      List<FileEntry> entries = entries(files, directory);
      NavigableMap<Integer, CheckpointIndex.Entry> versions = versions();
      int version = versions.isEmpty() ? 1 : versions.lastKey() + 1;
      Manifest manifest = draft.published(version, entries);
      send(manifest, files, retention.expired(versions, parent(draft)));
      LOG.info("Published version {} of model {} to {}", version, model, topic);
      return manifest;
    } catch (IOException | KafkaException e) {
      throw failed(draft, e);
    }
  }

  private static List<FileEntry> entries(List<ChunkedFile> files, Path directory)
      throws IOException {
    if (files.isEmpty()) {
      throw new CheckpointException("There is no file to publish in " + directory);
    }
    List<FileEntry> entries = new ArrayList<>();
    for (ChunkedFile file : files) {
      entries.add(file.entry());
    }
    return entries;
  }

  private NavigableMap<Integer, CheckpointIndex.Entry> versions() {
    try (CheckpointLog log = CheckpointLog.committed(kafka, topic)) {
      if (!log.exists()) {
        throw new CheckpointException("Topic %s is missing".formatted(topic));
      }
      long end = CheckpointLog.uncommittedEnd(kafka, topic);
      return new CheckpointReader(log).index(end, PATIENCE).versions(model);
    }
  }

  private void send(Manifest manifest, List<ChunkedFile> files, List<CheckpointKey> expired)
      throws IOException {
    producer.begin();
    try {
      expired.forEach(key -> producer.send(new ProducerRecord<>(topic, key.bytes(), null)));
      for (int i = 0; i < files.size(); i++) {
        send(manifest.version(), files.get(i), manifest.files().get(i));
      }
      producer.send(ManifestRecord.write(topic, manifest));
      producer.commit();
    } catch (IOException | RuntimeException e) {
      abort(e);
      throw e;
    }
  }

  private void send(int version, ChunkedFile file, FileEntry promised) throws IOException {
    FileEntry sent =
        file.send(
            (number, bytes) -> {
              CheckpointKey key = CheckpointKey.chunk(model, version, file.name(), number);
              producer.send(new ProducerRecord<>(topic, key.bytes(), bytes));
            });
    if (!sent.equals(promised)) {
      throw new IOException("%s changed while it was published".formatted(file.name()));
    }
  }

  private void abort(Exception cause) {
    try {
      producer.abort();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private static int parent(Manifest draft) {
    return draft.lineage() == null ? 0 : draft.lineage().parentVersion();
  }

  private RuntimeException failed(Manifest draft, Exception cause) {
    if (isFencing(cause)) {
      fenced = true;
      return new FencedTrainerException(model, topic, transactionalId, cause);
    }
    return new CheckpointException(
        "The checkpoint that run %s trained for model %s could not be published to %s: %s"
            .formatted(
                draft.lineage() == null ? "?" : draft.lineage().run(),
                model,
                topic,
                root(cause).getMessage()),
        cause);
  }

  /** Kafka wraps what went wrong with a record in "we are in an error state". */
  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static boolean isFencing(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof ProducerFencedException
          || each instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (isFencing(suppressed)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public synchronized void close() {
    producer.close();
  }
}
