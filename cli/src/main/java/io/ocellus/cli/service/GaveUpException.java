package io.ocellus.cli.service;

/** A service ended without being told to. */
final class GaveUpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GaveUpException(String service, String reason) {
    super("The %s has stopped by itself: %s".formatted(service, reason));
  }
}
