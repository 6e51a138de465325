package io.ocellus.checkpoint;

/**
 * Who signed a checkpoint.
 *
 * @param key {@link io.ocellus.signature.VerificationKey#id} of the key
 * @param trusted whether that key is trusted and the signature is its own; otherwise it was not
 *     looked at
 */
public record Signer(String key, boolean trusted) {}
