package io.ocellus.inferencer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Word that an image was left out because nobody waits for its classification any more: the JSON
 * value of a record of the classifications topic, told from results by its {@code ce_type}, and
 * described by {@code docs/schemas/skip.schema.json}.
 *
 * @param id of the image: its {@code ce_id}, or topic-partition-offset
 * @param device key of the image's record as text; null where it had none
 * @param model name of the model that was to classify it
 * @param version of that model
 * @param captured when the image was taken: its {@code ce_time}, or its record's timestamp
 * @param deadline when it was too late
 * @param skipped when it was left out
 * @param source the record that the image came in
 */
public record Skip(
    String id,
    @Nullable String device,
    String model,
    int version,
    Instant captured,
    Instant deadline,
    Instant skipped,
    Classification.Source source) {
  /** The {@code ce_type} of its record. */
  public static final String TYPE = "io.ocellus.skip";
}
