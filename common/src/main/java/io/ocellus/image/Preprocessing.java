package io.ocellus.image;

import io.ocellus.network.Normalization;

/**
 * How an image becomes a network's input, the same at training as at serving: it travels in the
 * manifest.
 *
 * @param size width and height in pixels to which every image is resized
 * @param normalization what the network applies to RGB values in [0,1]; inside the deploy graph
 */
public record Preprocessing(int size, Normalization normalization) {
  public Preprocessing {
    if (size < 8 || size > 4096) {
      throw new IllegalArgumentException("image.size must be 8 to 4096 pixels, not " + size);
    }
  }
}
