package io.ocellus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.topic.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedPublicationIT {
  @AutoClose private static final CheckpointBroker BROKER = new CheckpointBroker();

  @TempDir private Path folder;

  @Test
  void anAbortedTransactionLeavesNothingVisible() throws Exception {
    Topics topics = BROKER.fresh();
    Heard heard = new Heard();
    try (CheckpointFollower follower = BROKER.follower(topics, "birds", folder, heard);
        KafkaProducer<byte[], byte[]> producer = transactional("somebody")) {
      follower.start();
      producer.initTransactions();
      producer.beginTransaction();
      for (ProducerRecord<byte[], byte[]> record : publication(topics, 1).records) {
        producer.send(record).get();
      }
      producer.abortTransaction();
      assertThat(BROKER.catalog(topics).all()).isEmpty();

      try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds")) {
        Manifest published = publisher.publish(Drafts.manifest("birds", 0), files(2));
        assertThat(published.version()).isEqualTo(1);
      }
      heard.awaitVersion(1);
    }

    assertThat(heard.versions()).containsExactly(1);
    assertThat(heard.refused).isEmpty();
    assertThat(heard.hashes.get(1))
        .containsEntry("model.pt", Heard.hash(files(2).resolve("model.pt")));
  }

  @Test
  void aFailureInMidPublicationAbortsItAndTheNextOneSucceeds() throws Exception {
    Topics topics = BROKER.fresh();
    Path files = files(1);
    Path huge = files.resolve("weights.safetensors");
    try (CheckpointPublisher publisher = BROKER.publisher(topics, "birds")) {
      Manifest unwritable =
          new Manifest(
              "birds",
              0,
              null,
              Drafts.manifest("birds", 0).network(),
              List.of("x".repeat(4_000_000), "b", "c"),
              Drafts.manifest("birds", 0).preprocessing(),
              1,
              Map.of(),
              List.of(),
              Drafts.manifest("birds", 0).lineage());
      assertThatThrownBy(() -> publisher.publish(unwritable, files))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("run-1")
          .hasMessageContaining("max.request.size");
      assertThat(BROKER.catalog(topics).all()).isEmpty();

      Files.write(huge, new byte[0]);
      Manifest published = publisher.publish(Drafts.manifest("birds", 0), files);
      assertThat(published.version()).isEqualTo(1);
      assertThat(published.files().get(1).chunks()).isEqualTo(1);
    }
    assertThat(BROKER.catalog(topics).fetch("birds", 1, folder.resolve("fetched")).manifest())
        .isEqualTo(BROKER.catalog(topics).newest("birds").orElseThrow());
  }

  @Test
  void aPublisherKilledInMidPublicationLeavesNothingVisible() throws Exception {
    Topics topics = BROKER.fresh();
    Heard heard = new Heard();
    files(3);
    Process publisher = halfPublishing(topics);
    try {
      publisher.destroyForcibly().waitFor();
      assertThat(BROKER.catalog(topics).all()).isEmpty();

      try (CheckpointFollower follower = BROKER.follower(topics, "birds", folder, heard);
          CheckpointPublisher next = BROKER.publisher(topics, "birds")) {
        follower.start();
        Path files = Drafts.files(folder.resolve("next"), 4);
        assertThat(next.publish(Drafts.manifest("birds", 0), files).version()).isEqualTo(1);
        heard.awaitVersion(1);
        assertThat(heard.hashes.get(1))
            .containsEntry("model.pt", Heard.hash(files.resolve("model.pt")));
      }
    } finally {
      publisher.destroyForcibly();
    }

    assertThat(heard.refused).isEmpty();
  }

  @Test
  void aVersionWhoseCommitSeemedToFailIsReportedAsPublishedWhereItIsVisible() {
    Topics topics = BROKER.fresh();
    try (CheckpointPublisher publisher = unanswered(topics, true)) {
      assertThat(publisher.publish(Drafts.manifest("birds", 0), files(1)).version()).isEqualTo(1);
      assertThat(BROKER.catalog(topics).numbers("birds")).containsExactly(1);
      assertThat(publisher.publish(Drafts.manifest("birds", 1), files(2)).version()).isEqualTo(2);
    }
  }

  @Test
  void whoHadToGiveItsProducerUpLooksAgainAtWhatOthersHavePublished() {
    Topics topics = BROKER.fresh();
    try (CheckpointPublisher publisher = unanswered(topics, true)) {
      publisher.publish(Drafts.manifest("birds", 0), files(1));
      try (CheckpointPublisher other = BROKER.publisher(topics, "birds")) {
        other.publish(Drafts.manifest("birds", 1), files(2));
      }
      assertThat(publisher.publish(Drafts.manifest("birds", 2), files(3)).version()).isEqualTo(3);
    }
  }

  @Test
  void aVersionWhoseCommitFailedIsReportedAsFailedOnceItsTransactionIsDecided() {
    Topics topics = BROKER.fresh();
    try (CheckpointPublisher publisher = unanswered(topics, false)) {
      assertThatThrownBy(() -> publisher.publish(Drafts.manifest("birds", 0), files(1)))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("could not be published")
          .hasMessageContaining("no answer");
      assertThat(BROKER.catalog(topics).numbers("birds")).isEmpty();
    }
  }

  @Test
  void aPublicationThatOutlastsItsTransactionIsNotTakenForAnotherTrainers() {
    Topics topics = BROKER.fresh();
    Map<String, String> hurried = new HashMap<>(BROKER.clients());
    hurried.put("transaction.timeout.ms", "1000");
    hurried.put("linger.ms", "0");
    AtomicBoolean slow = new AtomicBoolean(true);
    try (CheckpointPublisher publisher =
        new CheckpointPublisher(
            hurried,
            topics,
            "birds",
            5,
            Optional.empty(),
            Trust.anyone(),
            Manifest.TRAINER,
            (kafka, id) ->
                new CheckpointProducer(kafka, id) {
                  @Override
                  void commit() {
                    if (slow.getAndSet(false)) {
                      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(15));
                    }
                    super.commit();
                  }
                })) {
      assertThatThrownBy(() -> publisher.publish(Drafts.manifest("birds", 0), files(1)))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("took longer than kafka.transaction.timeout.ms, 1 s");
      assertThat(publisher.publish(Drafts.manifest("birds", 0), files(2)).version()).isEqualTo(1);
    }
  }

  /** A publisher whose producer never hears what became of its first commit. */
  private static CheckpointPublisher unanswered(Topics topics, boolean committed) {
    Map<String, String> clients = new HashMap<>(BROKER.clients());
    clients.put("transaction.timeout.ms", "1000");
    AtomicBoolean first = new AtomicBoolean(true);
    return new CheckpointPublisher(
        clients,
        topics,
        "birds",
        5,
        Optional.empty(),
        Trust.anyone(),
        Manifest.TRAINER,
        (kafka, id) ->
            new CheckpointProducer(kafka, id) {
              private boolean unanswered;

              @Override
              void commit() {
                unanswered = first.getAndSet(false);
                if (committed || !unanswered) {
                  super.commit();
                }
                if (unanswered) {
                  throw new TimeoutException("no answer");
                }
              }

              @Override
              void abort() {
                if (unanswered) {
                  giveUp();
                  throw new IllegalStateException("the commit must be tried again");
                }
                super.abort();
              }
            });
  }

  /** A process that has sent all chunks but not the manifest, and now hangs. */
  private Process halfPublishing(Topics topics) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HalfPublisher.class.getName(),
                BROKER.kafka.bootstrapServers(),
                topics.prefix(),
                folder.resolve("run").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals(HalfPublisher.READY)) {
        return process;
      }
    }
    throw new IllegalStateException("The half publisher ended by itself");
  }

  private KafkaProducer<byte[], byte[]> transactional(String id) {
    Map<String, Object> settings = new HashMap<>(BROKER.clients());
    settings.put("transactional.id", id);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Path files(long seed) {
    return Drafts.files(folder.resolve("run"), seed);
  }

  private Publication publication(Topics topics, int version) {
    try {
      return new Publication(topics.checkpoints(), "birds", version, files(version));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
