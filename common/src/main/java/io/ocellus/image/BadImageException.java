package io.ocellus.image;

import io.ocellus.failure.FailureReason;

/** An image cannot be used, for the reason that its dead letter will carry. */
public final class BadImageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  BadImageException(FailureReason reason, String message) {
    this(reason, message, null);
  }

  @SuppressWarnings("this-escape")
  BadImageException(FailureReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What is wrong with it. */
  public FailureReason reason() {
    return reason;
  }
}
