package io.ocellus.network;

import java.nio.file.Path;

/** A file of weights that is not what it says it is; the message says in what. */
public final class MalformedWeightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedWeightsException(Path file, String what) {
    super("%s is no safetensors file: %s".formatted(file, what));
  }
}
