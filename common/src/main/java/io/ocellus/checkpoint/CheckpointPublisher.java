package io.ocellus.checkpoint;

import io.ocellus.signature.SigningKey;
import io.ocellus.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes checkpoints: chunks, then the manifest, in one transaction, so that readers see all of
 * a version or nothing. The transactional id is the model's, so that the broker lets one trainer of
 * a model publish, the one that started last. A command that publishes a single version takes the
 * id for that moment, and the trainer takes it back.
 */
public final class CheckpointPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointPublisher.class);

  private final String topic;
  private final String model;
  private final Retention retention;
  private final String transactionalId;
  private final CheckpointProducer producer;
  private final PublishedVersions published;
  private final PublishingTurn turn;
  private final Optional<SigningKey> key;
  private final String by;
  private boolean contested;
  private boolean fenced;

  /** Of versions that nobody signs. */
  public CheckpointPublisher(Map<String, String> kafka, Topics topics, String model, int keep) {
    this(kafka, topics, model, keep, Optional.empty());
  }

  /**
   * Fences every older publisher of the model and aborts what it had begun.
   *
   * @param kafka properties of Kafka's clients
   * @param keep versions that stay in the topic; the newest and its parent always do
   * @param key what it signs with, if it does
   */
  public CheckpointPublisher(
      Map<String, String> kafka, Topics topics, String model, int keep, Optional<SigningKey> key) {
    this(kafka, topics, model, keep, key, Trust.anyone());
  }

  /**
   * The same where others' keys are trusted beside its own.
   *
   * @param others whose versions count beside its own, for the next number and among those that are
   *     kept; without a key to sign with, everybody's do
   */
  public CheckpointPublisher(
      Map<String, String> kafka,
      Topics topics,
      String model,
      int keep,
      Optional<SigningKey> key,
      Trust others) {
    this(kafka, topics, model, keep, key, others, Manifest.TRAINER, CheckpointProducer::new);
  }

  /**
   * Of a command, which waits for a publication that is under way and fences no trainer for longer
   * than its own.
   */
  public static CheckpointPublisher ofCommand(
      Map<String, String> kafka,
      Topics topics,
      String model,
      int keep,
      Optional<SigningKey> key,
      Trust others) {
    return new CheckpointPublisher(
        kafka, topics, model, keep, key, others, Manifest.COMMAND, CheckpointProducer::inTurn);
  }

  CheckpointPublisher(
      Map<String, String> kafka,
      Topics topics,
      String model,
      int keep,
      Optional<SigningKey> key,
      Trust others,
      String by,
      Producers producers) {
    Manifest.requireName(model);
    this.topic = topics.checkpoints();
    this.model = model;
    this.key = key;
    this.by = by;
    this.retention = new Retention(keep);
    this.transactionalId = transactionalId(topics, model);
    Trust trust = key.map(others::and).orElse(Trust.anyone());
    this.published =
        new PublishedVersions(
            kafka, topic, model, trust, CheckpointProducer.transactionTimeout(kafka));
    try {
      if (by.equals(Manifest.COMMAND)) {
        published.look();
      }
      long before = published.end();
      this.producer = producers.open(kafka, transactionalId);
      this.turn = new PublishingTurn(model, by, producer, published, before);
    } catch (KafkaException e) {
      throw new CheckpointException(
          "Cannot become the publisher of model %s: %s".formatted(model, e.getMessage()), e);
    }
  }

  /** What the publisher of a model is called by the broker, which fences by it. */
  public static String transactionalId(Topics topics, String model) {
    return "ocellus-trainer-%s-%s".formatted(topics.prefix(), model);
  }

  /** Opens the producer of a publisher. */
  interface Producers {
    CheckpointProducer open(Map<String, String> kafka, String transactionalId);
  }

  /**
   * Makes sure that this is still the publisher of the model, so that no work is wasted that could
   * not be published. A broker that cannot be asked is no reason to stop.
   *
   * @throws FencedTrainerException where another publisher of the model has started since
   */
  public synchronized void ensureNotFenced() {
    if (!fenced && !contested && producer.mayBeFenced()) {
      try {
        producer.probe(new ProducerRecord<>(topic, CheckpointKey.manifest(model, 1).bytes(), null));
      } catch (KafkaException e) {
        LOG.debug("{} is held by another producer", transactionalId, e);
        contested = PublicationFailure.isFencing(e);
      }
    }
    settle();
    if (fenced) {
      throw new FencedTrainerException(model, topic, transactionalId, null);
    }
  }

  /**
   * Finds out whose the transactional id is, where that is in question. A broker that cannot be
   * asked leaves the question open.
   */
  private void settle() {
    if (!contested || fenced) {
      return;
    }
    try {
      fenced = !turn.takenBack();
      contested = false;
    } catch (KafkaException | CheckpointException e) {
      LOG.warn(
          "It cannot be found out who publishes model {} now; trying again: {}",
          model,
          e.getMessage());
    }
  }

  /**
   * Publishes the files of that folder as the next version.
   *
   * @param draft what the manifest is to say; version and files are filled in. Where it names
   *     files, those are published, else all of the folder
   * @return the manifest as it was published
   * @throws FencedTrainerException where another publisher of the model has started since
   * @throws SupersededException where a command has published meanwhile, of a trainer, which may
   *     want to compare again
   * @throws CheckpointException where the topic cannot be written; it says whether the version is
   *     known not to be visible
   */
  public synchronized Manifest publish(Manifest draft, Path directory) {
    if (!draft.model().equals(model)) {
      throw new IllegalArgumentException(
          "A manifest of model %s cannot be published as %s".formatted(draft.model(), model));
    }
    settle();
    if (fenced) {
      throw new FencedTrainerException(model, topic, transactionalId, null);
    }
    if (contested) {
      throw new CheckpointException(
          "Nothing is published while it is not known who publishes model %s".formatted(model));
    }
    try {
      List<ChunkedFile> files = files(draft, directory);
      if (producer.renew()) {
        published.forget();
      }
      HeldVersions held = published.take();
      int version = held.next();
      List<CheckpointKey> removed =
          Stream.of(held.inTheWay(version), retention.expired(held.sound(), parent(draft)))
              .flatMap(List::stream)
              .toList();
      Manifest manifest = send(draft, version, files, removed);
      published.remember(held, removed, manifest);
      LOG.info(
          "Published version {} of model {} to {}{}",
          version,
          model,
          topic,
          key.map(k -> ", signed by key " + k.verificationKey().id()).orElse(""));
      return manifest;
    } catch (IOException | KafkaException e) {
      RuntimeException failure = failed(draft, e);
      if (!contested) {
        throw failure;
      }
      settle();
      if (fenced || contested) {
        throw failure;
      }
      if (by.equals(Manifest.TRAINER)) {
        throw new SupersededException(model, e);
      }
      return publish(draft, directory);
    }
  }

  private static List<ChunkedFile> files(Manifest draft, Path directory) throws IOException {
    List<ChunkedFile> files =
        draft.files().isEmpty()
            ? ChunkedFile.in(directory)
            : draft.files().stream()
                .map(file -> ChunkedFile.at(directory.resolve(file.name())))
                .toList();
    if (files.isEmpty()) {
      throw new CheckpointException("There is no file to publish in " + directory);
    }
    return files;
  }

  private Manifest send(
      Manifest draft, int version, List<ChunkedFile> files, List<CheckpointKey> removed)
      throws IOException {
    producer.begin();
    Manifest manifest;
    try {
      removed.forEach(key -> producer.send(new ProducerRecord<>(topic, key.bytes(), null)));
      PublicationPace pace = pace(files);
      List<FileEntry> sent = new ArrayList<>();
      for (ChunkedFile file : files) {
        sent.add(send(version, file, pace));
      }
      requirePromised(draft, sent);
      manifest = draft.published(version, sent, by);
      producer.send(ManifestRecord.write(topic, manifest, key));
    } catch (IOException | RuntimeException e) {
      abort(e);
      throw e;
    }
    commit(manifest);
    return manifest;
  }

  /** Where the draft says what the files are, they were still that when they were sent. */
  private static void requirePromised(Manifest draft, List<FileEntry> sent) throws IOException {
    for (FileEntry promised : draft.files()) {
      if (sent.stream().noneMatch(promised::isSameFileAs)) {
        throw new IOException("%s is not what the manifest says".formatted(promised.name()));
      }
    }
  }

  /** Half of what a transaction may take is left for a broker that is slow. */
  private PublicationPace pace(List<ChunkedFile> files) throws IOException {
    long bytes = 0;
    for (ChunkedFile file : files) {
      bytes += file.size();
    }
    return new PublicationPace(bytes, producer.transactionTimeout().dividedBy(2));
  }

  private FileEntry send(int version, ChunkedFile file, PublicationPace pace) throws IOException {
    return file.send(
        (number, bytes) -> {
          CheckpointKey key = CheckpointKey.chunk(model, version, file.name(), number);
          producer.send(new ProducerRecord<>(topic, key.bytes(), bytes));
          pace.sent(bytes.length);
        });
  }

  private void commit(Manifest manifest) {
    try {
      producer.commit();
    } catch (RuntimeException e) {
      if (abort(e) || !published.hold(manifest, e)) {
        throw e;
      }
      LOG.warn(
          "Version {} of model {} is in {} although its commit failed: {}",
          manifest.version(),
          model,
          topic,
          e.getMessage());
    }
  }

  /** Whether that succeeded, so that nothing of the transaction is visible. */
  private boolean abort(Exception cause) {
    try {
      producer.abort();
      return true;
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
      return false;
    }
  }

  private static int parent(Manifest draft) {
    return draft.lineage() == null ? 0 : draft.lineage().parentVersion();
  }

  private RuntimeException failed(Manifest draft, Exception cause) {
    if (producer.overdue() && PublicationFailure.isStale(cause)) {
      return PublicationFailure.overdue(model, producer.transactionTimeout(), cause);
    }
    if (!PublicationFailure.isFencing(cause)) {
      return PublicationFailure.of(draft, topic, cause);
    }
    contested = true;
    return new FencedTrainerException(model, topic, transactionalId, cause);
  }

  @Override
  public synchronized void close() {
    producer.close();
  }
}
