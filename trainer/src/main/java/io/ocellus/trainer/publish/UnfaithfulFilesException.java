package io.ocellus.trainer.publish;

/** Files of a candidate that do not compute what was trained; the message says what may help. */
public final class UnfaithfulFilesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfaithfulFilesException(String message, Throwable cause) {
    super(message, cause);
  }
}
