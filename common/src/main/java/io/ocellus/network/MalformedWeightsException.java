package io.ocellus.network;

import java.nio.file.Path;

/** A file of weights that is not what it says it is; the message says in what. */
public final class MalformedWeightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedWeightsException(Path file, String what) {
    this(file, "safetensors file", what);
  }

  /**
   * @param format what the file was taken for, such as {@code PyTorch file of weights}
   */
  public MalformedWeightsException(Path file, String format, String what) {
    super("%s is no %s: %s".formatted(file, format, what));
  }
}
