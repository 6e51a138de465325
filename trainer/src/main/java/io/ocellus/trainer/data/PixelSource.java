package io.ocellus.trainer.data;

import java.util.Optional;

/** Decoded square images of one size; asked by several threads at once. */
public interface PixelSource {
  /** Width and height. */
  int size();

  /**
   * Red, green and blue planes of {@code size * size} unsigned bytes; empty where the image was
   * forgotten since the run began.
   */
  Optional<byte[]> pixels(String id);
}
