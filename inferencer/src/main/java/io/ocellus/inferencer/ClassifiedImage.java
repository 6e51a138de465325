package io.ocellus.inferencer;

import io.ocellus.checkpoint.Manifest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An image whose classification was sent, as metrics count it.
 *
 * @param model that classified it
 * @param device the record's key; may be missing
 * @param label the most probable class
 * @param probability of that class
 * @param latency since it was taken up
 * @param age since its record's timestamp
 */
public record ClassifiedImage(
    Manifest model,
    @Nullable String device,
    String label,
    double probability,
    Duration latency,
    Duration age) {}
