package io.ocellus.network.weights;

/** Weights that are not a network's; the message names every entry that does not match. */
public final class UnfitWeightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfitWeightsException(String message) {
    super(message);
  }
}
