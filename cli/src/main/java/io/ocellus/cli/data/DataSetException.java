package io.ocellus.cli.data;

/** A folder cannot be used as a data set; the message says what it should look like. */
public final class DataSetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataSetException(String message) {
    super(message);
  }

  public DataSetException(String message, Throwable cause) {
    super(message, cause);
  }
}
