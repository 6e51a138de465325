package io.ocellus.image.guard;

import io.ocellus.file.Sha256;
import java.nio.ByteBuffer;

/**
 * Tells the bytes of one image from those of any other: half of their SHA-256, so that nobody can
 * send an image that is taken for another one.
 */
record Fingerprint(long high, long low) {
  static final Fingerprint NONE = new Fingerprint(0, 0);

  static Fingerprint of(byte[] image) {
    ByteBuffer digest = ByteBuffer.wrap(Sha256.digest().digest(image));
    return new Fingerprint(digest.getLong(), digest.getLong());
  }

  static Fingerprint parse(String hex) {
    return new Fingerprint(
        Long.parseUnsignedLong(hex.substring(0, 16), 16),
        Long.parseUnsignedLong(hex.substring(16), 16));
  }

  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
