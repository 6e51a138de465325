package io.ocellus.cli.demo;

import io.ocellus.cli.data.Split;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An image for the trainer.
 *
 * @param id key of its record
 * @param group what must not be divided, where there is such a thing
 * @param split where the trainer is not to choose
 * @param bytes encoded; read when it is sent
 */
record LabelledImage(
    String id,
    String label,
    Optional<String> group,
    Optional<Split> split,
    Supplier<byte[]> bytes) {}
