package io.ocellus.cli.data.inspect;

import io.ocellus.failure.FailureReason;

/**
 * Why an image cannot be used.
 *
 * @param reason as the trainer would count it
 * @param message what exactly
 */
public record Flaw(FailureReason reason, String message) {}
