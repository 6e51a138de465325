package io.ocellus.image;

import javax.imageio.IIOException;

/** What the checks of all formats have in common. */
final class Structure {
  private Structure() {}

  /** Refuses an image as undecodable, with that message, unless the condition holds. */
  static void require(boolean condition, String otherwise) throws IIOException {
    if (!condition) {
      throw new IIOException(otherwise);
    }
  }
}
