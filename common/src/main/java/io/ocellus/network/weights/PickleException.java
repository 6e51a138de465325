package io.ocellus.network.weights;

import java.io.IOException;

/** A pickle that is damaged, or asks for more than a state dict may. */
final class PickleException extends IOException {
  private static final long serialVersionUID = 1L;

  PickleException(String message) {
    super(message);
  }
}
