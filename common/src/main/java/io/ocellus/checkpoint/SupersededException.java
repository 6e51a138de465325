package io.ocellus.checkpoint;

/** A command has published another version while a trainer was about to; nothing is published. */
public final class SupersededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SupersededException(String model, Throwable cause) {
    super(
        "Another version of model %s was published meanwhile with ocellus models publish"
            .formatted(model),
        cause);
  }
}
