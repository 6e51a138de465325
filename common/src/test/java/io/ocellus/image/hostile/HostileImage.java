package io.ocellus.image.hostile;

/**
 * An image that was made to hurt.
 *
 * @param kind its format and the operators that made it, e.g. {@code gif: comment + repeat}
 * @param bytes the file
 */
@SuppressWarnings("ArrayRecordComponent")
public record HostileImage(String kind, byte[] bytes) {}
