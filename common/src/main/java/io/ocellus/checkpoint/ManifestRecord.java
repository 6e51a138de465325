package io.ocellus.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ocellus.checkpoint.Refusal.Reason;
import io.ocellus.file.Sha256;
import io.ocellus.service.Json;
import io.ocellus.service.JsonFieldException;
import io.ocellus.service.StrictJson;
import io.ocellus.signature.SigningKey;
import io.ocellus.topic.EventHeaders;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A manifest as a record of the topic: JSON, with the hash of its bytes in a header, and where it
 * is signed the signature of its bytes in another.
 */
final class ManifestRecord {
  static final String SHA256 = "ocellus_sha256";

  private ManifestRecord() {}

  static ProducerRecord<byte[], byte[]> write(
      String topic, Manifest manifest, Optional<SigningKey> key) {
    ProducerRecord<byte[], byte[]> record = write(topic, manifest);
    key.ifPresent(signing -> Trust.sign(record, signing));
    return record;
  }

  static ProducerRecord<byte[], byte[]> write(String topic, Manifest manifest) {
    byte[] json;
    try {
      json = Json.MAPPER.writeValueAsBytes(manifest);
    } catch (JsonProcessingException e) {
      throw new CheckpointException("The manifest cannot be written as JSON", e);
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, CheckpointKey.manifest(manifest.model(), manifest.version()).bytes(), json);
    EventHeaders.set(record.headers(), SHA256, Sha256.hex(json));
    EventHeaders.set(record.headers(), EventHeaders.CONTENT_TYPE, "application/json");
    return record;
  }

  /**
   * What the record says, once it is known to be sound in itself.
   *
   * @throws RefusedCheckpointException where it is not
   */
  static Manifest read(CheckpointKey key, ConsumerRecord<byte[], byte[]> record) {
    Optional<String> promised = EventHeaders.text(record.headers(), SHA256);
    String actual = Sha256.hex(record.value());
    if (promised.isEmpty()) {
      throw refused(key, Reason.BAD_MANIFEST, "its manifest has no header " + SHA256);
    }
    if (!promised.get().equals(actual)) {
      throw refused(
          key,
          Reason.WRONG_HASH,
          "its manifest has SHA-256 %s where its header says %s".formatted(actual, promised.get()));
    }
    Manifest manifest = parse(key, record.value());
    violation(key, manifest)
        .ifPresent(
            violation -> {
              throw unusable(key, violation);
            });
    return manifest;
  }

  /** The same; empty where it is not sound. */
  static Optional<Manifest> ifSound(CheckpointKey key, ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.of(read(key, record));
    } catch (RefusedCheckpointException e) {
      return Optional.empty();
    }
  }

  private static Manifest parse(CheckpointKey key, byte[] json) {
    try {
      return StrictJson.read(json, Manifest.class);
    } catch (JsonFieldException e) {
      throw unusable(key, e.getMessage());
    }
  }

  private static Optional<String> violation(CheckpointKey key, Manifest manifest) {
    if (!manifest.model().equals(key.model()) || manifest.version() != key.version()) {
      return Optional.of(
          "model and version are %s/%d, and its key says %s/%d"
              .formatted(manifest.model(), manifest.version(), key.model(), key.version()));
    }
    return ManifestCheck.violation(manifest);
  }

  private static RefusedCheckpointException unusable(CheckpointKey key, String violation) {
    return refused(key, Reason.BAD_MANIFEST, "its manifest cannot be used: " + violation);
  }

  static RefusedCheckpointException refused(CheckpointKey key, Reason reason, String message) {
    return new RefusedCheckpointException(new Refusal(key.model(), key.version(), reason, message));
  }
}
