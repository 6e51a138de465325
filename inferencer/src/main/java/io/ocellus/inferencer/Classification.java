package io.ocellus.inferencer;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an image shows, as one version of a model sees it: the JSON value of the classifications
 * topic, described by {@code docs/schemas/classification.schema.json}.
 *
 * @param id of the image: its {@code ce_id}, or topic-partition-offset
 * @param device key of the image's record as text; null where it had none
 * @param label the most probable class
 * @param probability of that class, 0 to 1
 * @param probabilities of every class, in the order of the network's outputs; they add up to 1
 * @param model name of the model
 * @param version of the model
 * @param captured when the image was taken: its {@code ce_time}, or its record's timestamp
 * @param classified when the network had seen it
 * @param source the record that the image came in
 */
public record Classification(
    String id,
    @Nullable String device,
    String label,
    double probability,
    Map<String, Double> probabilities,
    String model,
    int version,
    Instant captured,
    Instant classified,
    Source source) {
  /** The {@code ce_type} of its record. */
  public static final String TYPE = "io.ocellus.classification";

  public Classification {
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }

  /**
   * Where a record lay.
   *
   * @param topic its topic
   * @param partition its partition
   * @param offset its offset
   */
  public record Source(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return "%s-%d@%d".formatted(topic, partition, offset);
    }
  }
}
