package io.ocellus.trainer.data;

import io.ocellus.failure.FailureReason;
import io.ocellus.file.Sha256;
import io.ocellus.image.BadImageException;
import io.ocellus.image.Framing;
import io.ocellus.topic.EventHeaders;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes of one labelled record what it changes in the store. What is wrong with it is a value. */
final class RecordReader {
  private static final Logger log = LoggerFactory.getLogger(RecordReader.class);

  private final ImageReader images;
  private final Framing framing;

  RecordReader(ImageReader images, Framing framing) {
    this.images = images;
    this.framing = framing;
  }

  /** The id of the image that a record is about. */
  static String id(ConsumerRecord<String, ?> record) {
    return record.key() != null
        ? record.key()
        : EventHeaders.id(record.headers(), record.topic(), record.partition(), record.offset());
  }

  Change read(ConsumerRecord<String, byte[]> record) {
    Headers headers = record.headers();
    String id = id(record);
    Optional<String> reference = EventHeaders.text(headers, EventHeaders.CE_DATAREF);
    if (record.value() == null && reference.isEmpty()) {
      return new Change.Forget(id);
    }
    ImageEntry entry = entry(id, headers);
    String split = EventHeaders.text(headers, EventHeaders.SPLIT).orElse("");
    if (entry.label().isEmpty()) {
      String message = "it has no %s header".formatted(EventHeaders.LABEL);
      return keepOut(record, id, entry, FailureReason.NO_LABEL, message);
    }
    if (!split.isBlank() && entry.split().isEmpty()) {
      String message =
          "its %s header says '%s'; it can say train, test or val"
              .formatted(EventHeaders.SPLIT, split);
      return keepOut(record, id, entry, FailureReason.UNKNOWN_SPLIT, message);
    }
    try {
      return stored(id, entry, record.value(), reference);
    } catch (BadImageException e) {
      if (e.reason() == FailureReason.REFERENCE_MISSING
          || e.reason() == FailureReason.REFERENCE_UNAVAILABLE) {
        log.warn("Image {} is fetched again later: {}", id, e.getMessage());
        ImageEntry failed = with(entry, e.reason().tag(), "");
        return new Change.Postpone(new PendingReference(id, failed, reference.orElseThrow()));
      }
      return keepOut(record, id, entry, e.reason(), e.getMessage());
    }
  }

  /** Fetches it again; empty where it still leads nowhere. */
  Optional<Change> retry(PendingReference pending) {
    try {
      Optional<String> reference = Optional.of(pending.reference());
      return Optional.of(stored(pending.id(), pending.entry(), null, reference));
    } catch (BadImageException e) {
      if (e.reason() == FailureReason.REFERENCE_MISSING
          || e.reason() == FailureReason.REFERENCE_UNAVAILABLE) {
        return Optional.empty();
      }
      log.warn("Image {} is kept out, {}: {}", pending.id(), e.reason().tag(), e.getMessage());
      ImageEntry failed = with(pending.entry(), e.reason().tag(), "");
      return Optional.of(new Change.KeepOut(pending.id(), failed, e.reason(), e.getMessage()));
    }
  }

  private Change stored(String id, ImageEntry entry, byte[] value, Optional<String> reference)
      throws BadImageException {
    byte[] original = images.bytes(value, reference);
    byte[] pixels = images.pixels(original, framing);
    return new Change.Store(id, with(entry, "", Sha256.hex(original)), original, pixels);
  }

  private static ImageEntry entry(String id, Headers headers) {
    String label = EventHeaders.text(headers, EventHeaders.LABEL).orElse("").strip();
    String group =
        EventHeaders.text(headers, EventHeaders.GROUP).filter(g -> !g.isBlank()).orElse(id);
    String split =
        EventHeaders.text(headers, EventHeaders.SPLIT)
            .flatMap(Side::named)
            .map(Side::name)
            .orElse("");
    return new ImageEntry(label, group, split, "", "", 0);
  }

  private static Change keepOut(
      ConsumerRecord<?, ?> record,
      String id,
      ImageEntry entry,
      FailureReason reason,
      String message) {
    log.warn(
        "Image {} (partition {}, offset {}) is kept out, {}: {}",
        id,
        record.partition(),
        record.offset(),
        reason.tag(),
        message);
    return new Change.KeepOut(id, with(entry, reason.tag(), ""), reason, message);
  }

  private static ImageEntry with(ImageEntry entry, String failure, String hash) {
    return new ImageEntry(entry.label(), entry.group(), entry.split(), failure, hash, 0);
  }
}
