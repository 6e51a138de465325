package io.ocellus.checkpoint;

import io.ocellus.checkpoint.Refusal.Reason;
import io.ocellus.signature.SigningKey;
import io.ocellus.signature.VerificationKey;
import io.ocellus.topic.EventHeaders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Whose checkpoints are taken: anyone's, or those alone that the owner of a trusted key has signed.
 * A signature is over the manifest's bytes as they travel, before anything is made of them. A
 * manifest binds model, version and the hash of every file, so that no part of a signed checkpoint
 * can be exchanged or passed off as another's.
 */
public final class Trust {
  /** Base64 of the Ed25519 signature of the manifest's bytes. */
  static final String SIGNATURE = "ocellus_signature";

  /** {@link VerificationKey#id} of who signed; tells two failures apart and proves nothing. */
  static final String SIGNER = "ocellus_signer";

  private final List<VerificationKey> keys;

  private Trust(Collection<VerificationKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Every checkpoint is taken, signed or not. */
  public static Trust anyone() {
    return new Trust(List.of());
  }

  /**
   * Only what one of these keys has signed; anyone's where there is none.
   *
   * @param publicKeys PEM files
   */
  public static Trust in(Collection<Path> publicKeys) {
    return new Trust(publicKeys.stream().map(VerificationKey::read).toList());
  }

  /** This, and what that key signs. */
  public Trust and(SigningKey key) {
    List<VerificationKey> more = new ArrayList<>(keys);
    more.add(key.verificationKey());
    return new Trust(more);
  }

  static void sign(ProducerRecord<byte[], byte[]> manifest, SigningKey key) {
    String signature = Base64.getEncoder().encodeToString(key.sign(manifest.value()));
    EventHeaders.set(manifest.headers(), SIGNATURE, signature);
    EventHeaders.set(manifest.headers(), SIGNER, key.verificationKey().id());
  }

  /**
   * Who signed the manifest; empty where that was neither demanded nor claimed.
   *
   * @throws RefusedCheckpointException where nobody did who is trusted
   */
  Optional<Signer> check(CheckpointKey key, ConsumerRecord<byte[], byte[]> manifest) {
    Optional<String> signature = EventHeaders.text(manifest.headers(), SIGNATURE);
    String claimed =
        EventHeaders.text(manifest.headers(), SIGNER).filter(VerificationKey::isId).orElse("?");
    if (keys.isEmpty()) {
      return signature.map(any -> new Signer(claimed, false));
    }
    if (signature.isEmpty()) {
      throw ManifestRecord.refused(
          key,
          Reason.UNSIGNED,
          "its manifest has no signature, and one of %s is demanded".formatted(ids()));
    }
    return Optional.of(
        signer(signature.get(), manifest.value()).orElseThrow(() -> untrusted(key, claimed)));
  }

  private Optional<Signer> signer(String signature, byte[] manifest) {
    try {
      byte[] bytes = Base64.getDecoder().decode(signature);
      return keys.stream()
          .filter(key -> key.verifies(bytes, manifest))
          .findFirst()
          .map(key -> new Signer(key.id(), true));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private RefusedCheckpointException untrusted(CheckpointKey key, String claimed) {
    return keys.stream().anyMatch(trusted -> trusted.id().equals(claimed))
        ? ManifestRecord.refused(
            key,
            Reason.WRONG_SIGNATURE,
            "its signature is not that of key %s over its manifest".formatted(claimed))
        : ManifestRecord.refused(
            key,
            Reason.UNTRUSTED_SIGNER,
            "it is signed by key %s, and one of %s is demanded".formatted(claimed, ids()));
  }

  private String ids() {
    return keys.stream().map(VerificationKey::id).collect(Collectors.joining(", "));
  }
}
