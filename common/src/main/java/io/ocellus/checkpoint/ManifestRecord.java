package io.ocellus.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ocellus.checkpoint.Refusal.Reason;
import io.ocellus.file.Sha256;
import io.ocellus.network.NetworkSpec;
import io.ocellus.service.Json;
import io.ocellus.signature.SigningKey;
import io.ocellus.topic.EventHeaders;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A manifest as a record of the topic: JSON, with the hash of its bytes in a header, and where it
 * is signed the signature of its bytes in another.
 */
final class ManifestRecord {
  static final String SHA256 = "ocellus_sha256";

  /** Far beyond any network's: errors quote them, and what comes near is looked for. */
  private static final int LONGEST_OPTIONS = 4000;

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
    complaint(key, manifest)
        .ifPresent(
            complaint -> {
              throw refused(key, Reason.BAD_MANIFEST, complaint);
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
      Manifest manifest = Json.MAPPER.readValue(json, Manifest.class);
      if (manifest != null) {
        return manifest;
      }
    } catch (JsonProcessingException e) {
      throw refused(
          key, Reason.BAD_MANIFEST, "its manifest cannot be read: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw refused(key, Reason.BAD_MANIFEST, "its manifest cannot be read: " + e.getMessage());
    }
    throw refused(key, Reason.BAD_MANIFEST, "its manifest is empty");
  }

  private static Optional<String> complaint(CheckpointKey key, Manifest manifest) {
    if (Stream.of(
            manifest.model(),
            manifest.created(),
            manifest.network(),
            manifest.preprocessing(),
            manifest.lineage())
        .anyMatch(Objects::isNull)) {
      return Optional.of(
          "its manifest lacks one of model, created, network, preprocessing, lineage");
    }
    if (!manifest.model().equals(key.model()) || manifest.version() != key.version()) {
      return Optional.of(
          "its manifest speaks of %s/%d".formatted(manifest.model(), manifest.version()));
    }
    if (manifest.classes().size() != manifest.network().classes()) {
      return Optional.of(
          "its manifest names %d classes for a network of %d"
              .formatted(manifest.classes().size(), manifest.network().classes()));
    }
    if (isLong(manifest.network())) {
      return Optional.of(
          "its manifest names no network, or the name and options of its network exceed %d characters"
              .formatted(LONGEST_OPTIONS));
    }
    if (!(manifest.temperature() > 0) || Double.isInfinite(manifest.temperature())) {
      return Optional.of(
          "its manifest has a temperature of %s, which must be above zero"
              .formatted(manifest.temperature()));
    }
    return files(manifest.files());
  }

  private static boolean isLong(NetworkSpec network) {
    return network.name() == null
        || Stream.concat(
                    Stream.of(network.name()),
                    network.options().entrySet().stream()
                        .flatMap(option -> Stream.of(option.getKey(), option.getValue())))
                .mapToInt(String::length)
                .sum()
            > LONGEST_OPTIONS;
  }

  private static Optional<String> files(List<FileEntry> files) {
    Set<String> names = new HashSet<>();
    for (FileEntry file : files) {
      if (!CheckpointKey.isName(file.name()) || !names.add(file.name())) {
        return Optional.of("its manifest has no or equal names for files");
      }
      if (file.size() < 0 || file.chunks() < 1 || file.sha256() == null) {
        return Optional.of("its manifest lacks size, hash or chunks of " + file.name());
      }
    }
    return names.isEmpty() ? Optional.of("its manifest lists no files") : Optional.empty();
  }

  static RefusedCheckpointException refused(CheckpointKey key, Reason reason, String message) {
    return new RefusedCheckpointException(new Refusal(key.model(), key.version(), reason, message));
  }
}
