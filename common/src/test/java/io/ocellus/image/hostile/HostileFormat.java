package io.ocellus.image.hostile;

import java.util.List;

/**
 * What the fuzzer knows of one image format: its parts, and what can be done to them. Whatever was
 * done, lengths, offsets and checksums around it are written as they must be, so that the decoder
 * gets to see it.
 *
 * @param <T> an image in its parts
 */
interface HostileFormat<T> {
  String name();

  /** Whether the image is of this format. */
  boolean accepts(byte[] image);

  T parsed(byte[] image);

  List<Operator<T>> operators();

  byte[] written(T image);
}
