package io.ocellus.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ocellus.checkpoint.Refusal.Reason;
import io.ocellus.signature.KeyPairFiles;
import io.ocellus.signature.SigningKey;
import io.ocellus.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody brings old versions back or takes new ones away. A reader that has run for long and one
 * that starts now end at the same version.
 */
class OlderVersionIT {
  @AutoClose private static final CheckpointBroker BROKER = new CheckpointBroker();

  @TempDir private Path folder;
  private final Topics topics = BROKER.fresh();
  private final Heard heard = new Heard();
  private Trust trust;
  private SigningKey key;
  private Publication first;
  private Publication third;
  private CheckpointFollower follower;

  /** Versions 1 to 3, signed; the third has arrived. */
  @BeforeEach
  void start() throws Exception {
    KeyPairFiles files = KeyPairFiles.generate(folder.resolve("ours"));
    key = SigningKey.read(files.privateKey());
    trust = Trust.in(List.of(files.publicKey()));
    first = written(1);
    written(2);
    third = written(3);
    follower = follower(heard, "running");
    follower.start();
    heard.awaitVersion(3);
  }

  @AfterEach
  void stop() {
    follower.close();
  }

  @Test
  void anOldSignedVersionThatIsWrittenAgainIsRefusedAndCounted() throws Exception {
    BROKER.write(first.records);
    heard.awaitRefusals(1);

    assertThat(heard.refused).extracting(Refusal::reason).containsExactly(Reason.OLDER_VERSION);
    assertThat(heard.refused.get(0))
        .hasToString(
            "Version 1 of model birds is refused (older-version): version 3 is newer and still in the"
                + " topic; publish this one again under a new number");
    assertThat(heard.versions()).containsExactly(3);
    assertThat(atTheStart()).isEqualTo(3);
    written(4);
    heard.awaitVersion(4);
  }

  @Test
  void anOldVersionThatIsNotTrustedIsRefusedForThat() throws Exception {
    BROKER.write(publication(2).records);
    heard.awaitRefusals(1);

    assertThat(heard.refused).extracting(Refusal::reason).containsExactly(Reason.UNSIGNED);
  }

  @Test
  void theLatestVersionWrittenAgainIsNotHandedOverAgain() throws Exception {
    BROKER.write(List.of(third.records.get(third.records.size() - 1)));
    BROKER.write(third.records);
    written(4);
    heard.awaitVersion(4);

    assertThat(heard.refused).isEmpty();
    assertThat(heard.versions()).startsWith(3).endsWith(4).doesNotHaveDuplicates();
  }

  @Test
  void deletingTheLatestVersionIsTheWayBack() throws Exception {
    write("birds/3", null);
    heard.awaitVersion(2);

    assertThat(atTheStart()).isEqualTo(2);
    written(3);
    await().atMost(Duration.ofSeconds(30)).until(() -> heard.versions().size() == 3);
    assertThat(heard.versions()).containsExactly(3, 2, 3);
    assertThat(heard.refused).isEmpty();
  }

  @Test
  void whereAllAreDeletedTheNextThatComesIsTakenWhateverItsNumber() throws Exception {
    write("birds/1", null);
    write("birds/2", null);
    write("birds/3", null);
    BROKER.write(first.records);
    heard.awaitVersion(1);

    assertThat(atTheStart()).isEqualTo(1);
    assertThat(heard.refused).isEmpty();
  }

  @Test
  void aReplayOfAVersionThatWasRefusedAsOlderIsTakenOnceTheLatestIsDeleted() throws Exception {
    write("birds/2", null);
    write("birds/1", null);
    BROKER.write(first.records);
    heard.awaitRefusals(1);
    write("birds/3", null);
    heard.awaitVersion(1);

    assertThat(atTheStart()).isEqualTo(1);
  }

  @Test
  void theLatestVersionIsGoneWithAnyOfItsChunks() throws Exception {
    write("birds/3/model.pt/1", "something else");
    heard.awaitVersion(2);
    assertThat(atTheStart()).isEqualTo(2);

    write("birds/2/weights.safetensors/0", null);
    heard.awaitVersion(1);
    assertThat(atTheStart()).isEqualTo(1);
  }

  @Test
  void theLatestVersionIsGoneWhereItsManifestIsWrittenOver() throws Exception {
    write("birds/3", "no manifest");
    heard.awaitVersion(2);

    assertThat(heard.refused).extracting(Refusal::reason).containsExactly(Reason.UNSIGNED);
    assertThat(atTheStart()).isEqualTo(2);
  }

  @Test
  void theLatestVersionIsGoneWhereItsSignatureIs() throws Exception {
    ProducerRecord<byte[], byte[]> manifest = third.records.get(third.records.size() - 1);
    RecordHeaders unsigned = new RecordHeaders(manifest.headers().toArray());
    unsigned.remove(Trust.SIGNATURE);
    BROKER.write(
        List.of(
            new ProducerRecord<>(
                topics.checkpoints(), null, manifest.key(), manifest.value(), unsigned)));
    heard.awaitVersion(2);

    assertThat(atTheStart()).isEqualTo(2);
  }

  @Test
  void junkBesideTheLatestVersionChangesNothing() throws Exception {
    write("birds/3/x/0", "junk");
    write("birds/3/model.pt/3", "junk");
    write("birds/2/model.pt/0", "junk");
    written(4);
    heard.awaitVersion(4);

    assertThat(heard.versions()).containsExactly(3, 4);
    assertThat(heard.refused).isEmpty();
  }

  @Test
  void aPublicationThatDeletesTheLatestVersionGoesToItsOwn() {
    try (CheckpointPublisher publisher =
        new CheckpointPublisher(BROKER.clients(), topics, "birds", 1, Optional.of(key))) {
      publisher.publish(Drafts.manifest("birds", 0), Drafts.files(folder.resolve("run"), 4));
      heard.awaitVersion(4);
      publisher.publish(Drafts.manifest("birds", 0), Drafts.files(folder.resolve("run"), 5));
      heard.awaitVersion(5);
    }

    assertThat(heard.versions()).containsExactly(3, 4, 5);
    assertThat(heard.refused).isEmpty();
  }

  @Test
  void whereWhatIsLeftCannotBeUsedEitherTheFollowerGoesOnToWhatCan() throws Exception {
    Consumer<Checkpoint> picky =
        checkpoint -> {
          if (checkpoint.manifest().version() == 2) {
            throw new IllegalStateException("version 2 cannot be loaded");
          }
        };
    Heard other = new Heard(picky);
    try (CheckpointFollower second = follower(other, "picky")) {
      second.start();
      other.awaitVersion(3);
      write("birds/3", null);
      other.awaitVersion(1);
    }
    assertThat(other.versions()).containsExactly(3, 1);
  }

  /** The version that arrives at a follower that starts now. */
  private int atTheStart() {
    Heard fresh = new Heard();
    try (CheckpointFollower other = follower(fresh, "fresh")) {
      other.start();
      await().atMost(Duration.ofSeconds(30)).until(() -> !fresh.arrived.isEmpty());
    }
    return fresh.versions().get(0);
  }

  private CheckpointFollower follower(Heard listener, String spool) {
    return new CheckpointFollower(
        BROKER.clients(), topics, "birds", folder.resolve(spool), trust, listener);
  }

  private Publication written(int version) throws Exception {
    Publication signed = publication(version);
    Trust.sign(signed.records.get(signed.records.size() - 1), key);
    BROKER.write(signed.records);
    return signed;
  }

  private Publication publication(int version) throws Exception {
    Path files = Drafts.files(folder.resolve("run"), version);
    return new Publication(topics.checkpoints(), "birds", version, files);
  }

  private void write(String record, String value) throws Exception {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    BROKER.write(
        List.of(new ProducerRecord<>(topics.checkpoints(), record.getBytes(UTF_8), bytes)));
  }
}
