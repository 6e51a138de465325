package io.ocellus.trainer.data;

import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** The local image store cannot be read or written; the message says which and what to do. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  static StoreException of(Path file, Throwable cause) {
    int code = cause instanceof MVStoreException store ? store.getErrorCode() : -1;
    String meaning =
        switch (code) {
          case DataUtils.ERROR_FILE_LOCKED ->
              "is in use by another trainer: give each its own state-dir";
          case DataUtils.ERROR_WRITING_FAILED ->
              "cannot be written: is the disk full or read-only?";
          case DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_UNSUPPORTED_FORMAT ->
              "is damaged: delete it, and everything is read from the labelled topic again";
          default -> "failed";
        };
    return new StoreException(
        "The image store %s %s (%s)".formatted(file, meaning, root(cause).getMessage()), cause);
  }

  private static Throwable root(Throwable cause) {
    return cause.getCause() == null ? cause : root(cause.getCause());
  }
}
