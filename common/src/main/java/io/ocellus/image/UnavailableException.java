package io.ocellus.image;

/** A reference cannot be read now; some moments later it may be. */
final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnavailableException(String why) {
    super(why);
  }
}
