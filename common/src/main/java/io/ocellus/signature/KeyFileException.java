package io.ocellus.signature;

/** A file does not hold the key that it should; the message names the file and nothing secret. */
public final class KeyFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
