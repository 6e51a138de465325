package io.ocellus.image;

import io.ocellus.failure.FailureReason;
import java.util.EnumSet;
import java.util.Set;

/** What a decoder may say of bytes that it was given. */
final class DecodingReasons {
  /** Reasons of records, references and networks. */
  private static final Set<FailureReason> OTHERS =
      EnumSet.of(
          FailureReason.NAME_TOO_LONG,
          FailureReason.REFERENCE_REFUSED,
          FailureReason.REFERENCE_MISSING,
          FailureReason.REFERENCE_UNAVAILABLE,
          FailureReason.NO_LABEL,
          FailureReason.UNKNOWN_SPLIT,
          FailureReason.FORWARD_FAILED);

  private DecodingReasons() {}

  static boolean allow(FailureReason reason, byte[] bytes, ImageLimits limits) {
    return switch (reason) {
      case EMPTY -> bytes.length == 0;
      case TOO_LARGE_BYTES -> bytes.length > limits.maxBytes();
      default -> !OTHERS.contains(reason);
    };
  }
}
