package io.ocellus.image.guard;

import io.ocellus.failure.FailureReason;

/** The work of an image was refused or given up, for the reason that its dead letter carries. */
public final class GuardedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  @SuppressWarnings("this-escape")
  GuardedException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What the dead letter says. */
  public FailureReason reason() {
    return reason;
  }
}
