package io.ocellus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ocellus.checkpoint.Refusal.Reason;
import io.ocellus.signature.KeyPairFiles;
import io.ocellus.signature.SigningKey;
import io.ocellus.signature.VerificationKey;
import io.ocellus.topic.EventHeaders;
import io.ocellus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedCheckpointIT {
  private static CheckpointBroker broker;

  @TempDir private static Path keys;
  private static KeyPairFiles ours;
  private static KeyPairFiles next;
  private static KeyPairFiles stranger;

  @TempDir private Path folder;
  private final Heard heard = new Heard();

  @BeforeAll
  static void start() {
    broker = new CheckpointBroker();
    ours = KeyPairFiles.generate(keys.resolve("ours"));
    next = KeyPairFiles.generate(keys.resolve("next"));
    stranger = KeyPairFiles.generate(keys.resolve("stranger"));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void onlyWhatATrustedKeyHasSignedArrives() throws Exception {
    Topics topics = broker.fresh();
    publish(topics, Optional.of(ours));
    try (CheckpointFollower follower = follower(topics, ours)) {
      follower.start();
      heard.awaitVersion(1);
      publish(topics, Optional.empty());
      publish(topics, Optional.of(stranger));
      heard.awaitRefusals(2);
      publish(topics, Optional.of(ours));
      heard.awaitVersion(4);
    }

    assertThat(heard.versions()).containsExactly(1, 4);
    assertThat(heard.refused)
        .extracting(Refusal::version, Refusal::reason)
        .containsExactly(tuple(2, Reason.UNSIGNED), tuple(3, Reason.UNTRUSTED_SIGNER));
    assertThat(heard.refused.get(1).message()).contains(stranger.id(), ours.id());
    assertThat(heard.arrived.get(0).signer()).contains(new Signer(ours.id(), true));
  }

  @Test
  void aSignatureIsOfThisManifestAlone() throws Exception {
    Topics topics = broker.fresh();
    try (CheckpointFollower follower = follower(topics, ours)) {
      follower.start();
      Publication other = publication(topics, 1);
      broker.write(signed(publication(topics, 2), manifest(other)).records);
      Publication changed = publication(topics, 3);
      ProducerRecord<byte[], byte[]> before = manifest(changed);
      changed.manifest(m -> Drafts.manifest("birds", 1).published(3, m.files()));
      broker.write(signed(changed, before).records);
      Publication garbled = publication(topics, 4);
      EventHeaders.set(manifest(garbled).headers(), Trust.SIGNATURE, "no base64!");
      EventHeaders.set(manifest(garbled).headers(), Trust.SIGNER, ours.id());
      broker.write(garbled.records);
      heard.awaitRefusals(3);
      Publication sound = publication(topics, 5);
      broker.write(signed(sound, manifest(sound)).records);
      heard.awaitVersion(5);
    }

    assertThat(heard.refused).extracting(Refusal::reason).containsOnly(Reason.WRONG_SIGNATURE);
  }

  @Test
  void whileKeysAreExchangedVersionsOfBothArrive() throws Exception {
    Topics topics = broker.fresh();
    publish(topics, Optional.of(ours));
    try (CheckpointFollower follower = follower(topics, ours, next)) {
      follower.start();
      heard.awaitVersion(1);
      publish(topics, Optional.of(next));
      heard.awaitVersion(2);
    }

    assertThat(heard.refused).isEmpty();
  }

  @Test
  void atTheStartTheNewestVersionThatIsTrustedArrives() throws Exception {
    Topics topics = broker.fresh();
    publish(topics, Optional.of(ours));
    publish(topics, Optional.of(stranger));
    try (CheckpointFollower follower = follower(topics, ours)) {
      follower.start();
      heard.awaitVersion(1);
    }

    assertThat(heard.versions()).containsExactly(1);
  }

  @Test
  void aCatalogKnowsOnlyTrustedVersionsWhereKeysAreGiven() {
    Topics topics = broker.fresh();
    publish(topics, Optional.of(ours));
    publish(topics, Optional.empty());
    CheckpointCatalog trusting =
        new CheckpointCatalog(broker.clients(), topics, Trust.in(List.of(ours.publicKey())));

    assertThat(trusting.newest("birds")).map(Manifest::version).contains(1);
    assertThat(trusting.fetch("birds", 1, folder.resolve("1")).isTrusted()).isTrue();
    assertThatThrownBy(() -> trusting.fetch("birds", 2, folder.resolve("2")))
        .isInstanceOf(RefusedCheckpointException.class)
        .hasMessageContaining("unsigned");
    Checkpoint anyones = broker.catalog(topics).fetch("birds", 1, folder.resolve("3"));
    assertThat(anyones.signer()).contains(new Signer(ours.id(), false));
    assertThat(anyones.isTrusted()).isFalse();
    assertThat(broker.catalog(topics).newest("birds")).map(Manifest::version).contains(2);
  }

  @Test
  void theSignatureIsOverTheManifestsBytesAsTheyTravel() throws Exception {
    Publication publication = publication(broker.fresh(), 1);
    ProducerRecord<byte[], byte[]> manifest = manifest(publication);
    Trust.sign(manifest, SigningKey.read(ours.privateKey()));
    byte[] signature =
        Base64.getDecoder()
            .decode(EventHeaders.text(manifest.headers(), "ocellus_signature").orElseThrow());

    assertThat(VerificationKey.read(ours.publicKey()).verifies(signature, manifest.value()))
        .isTrue();
    assertThat(new String(manifest.value(), StandardCharsets.UTF_8))
        .contains("\"model\":\"birds\"", "\"version\":1", "\"sha256\":");
  }

  private CheckpointFollower follower(Topics topics, KeyPairFiles... trusted) {
    List<Path> files = List.of(trusted).stream().map(KeyPairFiles::publicKey).toList();
    return new CheckpointFollower(
        broker.clients(), topics, "birds", folder.resolve("spool"), Trust.in(files), heard);
  }

  private void publish(Topics topics, Optional<KeyPairFiles> key) {
    Optional<SigningKey> signing = key.map(files -> SigningKey.read(files.privateKey()));
    try (CheckpointPublisher publisher =
        new CheckpointPublisher(broker.clients(), topics, "birds", 5, signing)) {
      publisher.publish(Drafts.manifest("birds", 0), Drafts.files(folder.resolve("run"), 1));
    }
  }

  private Publication publication(Topics topics, int version) throws Exception {
    Path files = Drafts.files(folder.resolve("run"), version);
    return new Publication(topics.checkpoints(), "birds", version, files);
  }

  private static ProducerRecord<byte[], byte[]> manifest(Publication publication) {
    return publication.records.get(publication.records.size() - 1);
  }

  /** With our signature of that manifest, whatever its own says. */
  private static Publication signed(
      Publication publication, ProducerRecord<byte[], byte[]> manifest) {
    SigningKey key = SigningKey.read(ours.privateKey());
    ProducerRecord<byte[], byte[]> record = manifest(publication);
    EventHeaders.set(
        record.headers(),
        Trust.SIGNATURE,
        Base64.getEncoder().encodeToString(key.sign(manifest.value())));
    EventHeaders.set(record.headers(), Trust.SIGNER, key.verificationKey().id());
    return publication;
  }
}
