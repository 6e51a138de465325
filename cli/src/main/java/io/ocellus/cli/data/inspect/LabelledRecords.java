package io.ocellus.cli.data.inspect;

import io.ocellus.cli.data.Split;
import io.ocellus.failure.FailureReason;
import io.ocellus.image.ImageSettings;
import io.ocellus.image.ImageSources;
import io.ocellus.topic.EventHeaders;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** What the records of the labelled topic say of their images, as the trainer takes it. */
final class LabelledRecords {
  private final ImageSources sources;

  LabelledRecords(ImageSettings settings) {
    sources = new ImageSources(settings);
  }

  String id(ConsumerRecord<String, byte[]> record) {
    return record.key() != null
        ? record.key()
        : EventHeaders.id(record.headers(), record.topic(), record.partition(), record.offset());
  }

  /** Empty for a tombstone. */
  Optional<Candidate> candidate(ConsumerRecord<String, byte[]> record) {
    Headers headers = record.headers();
    Optional<String> reference = EventHeaders.text(headers, EventHeaders.CE_DATAREF);
    if (record.value() == null && reference.isEmpty()) {
      return Optional.empty();
    }
    String label = EventHeaders.text(headers, EventHeaders.LABEL).orElse("").strip();
    Optional<String> split =
        EventHeaders.text(headers, EventHeaders.SPLIT).filter(text -> !text.isBlank());
    Optional<Split> part = split.flatMap(LabelledRecords::part);
    return Optional.of(
        new Candidate(
            id(record),
            label,
            EventHeaders.text(headers, EventHeaders.GROUP).filter(group -> !group.isBlank()),
            part,
            flaw(label, split, part),
            () -> sources.bytes(record.value(), reference)));
  }

  private static Optional<Flaw> flaw(String label, Optional<String> split, Optional<Split> part) {
    if (label.isEmpty()) {
      return Optional.of(
          new Flaw(FailureReason.NO_LABEL, "it has no %s header".formatted(EventHeaders.LABEL)));
    }
    if (split.isPresent() && part.isEmpty()) {
      return Optional.of(
          new Flaw(
              FailureReason.UNKNOWN_SPLIT,
              "its %s header says '%s'".formatted(EventHeaders.SPLIT, split.get())));
    }
    return Optional.empty();
  }

  private static Optional<Split> part(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "train" -> Optional.of(Split.TRAIN);
      case "val", "validation" -> Optional.of(Split.VAL);
      case "test" -> Optional.of(Split.TEST);
      default -> Optional.empty();
    };
  }
}
