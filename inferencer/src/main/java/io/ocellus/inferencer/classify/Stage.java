package io.ocellus.inferencer.classify;

import io.ocellus.failure.FailureReason;
import java.util.Locale;

/** How far an image came: the {@code ocellus_stage} header of a dead letter. */
enum Stage {
  READ,
  DECODE,
  FORWARD;

  static Stage of(FailureReason reason) {
    return switch (reason) {
      case EMPTY,
          NAME_TOO_LONG,
          TOO_LARGE_BYTES,
          REFERENCE_REFUSED,
          REFERENCE_MISSING,
          REFERENCE_UNAVAILABLE,
          NO_LABEL,
          UNKNOWN_SPLIT ->
          READ;
      case TOO_MANY_PIXELS, UNSUPPORTED_FORMAT, UNDECODABLE, TOO_SLOW, OUT_OF_MEMORY, SUSPECT ->
          DECODE;
      case FORWARD_FAILED -> FORWARD;
    };
  }

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
