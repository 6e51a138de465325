package io.ocellus.image;

import io.ocellus.network.Normalization;
import io.ocellus.service.Required;

/**
 * How an image becomes a network's input, the same at training as at serving: it travels in the
 * manifest.
 *
 * @param size width and height in pixels of the network's input
 * @param resize how an image that is no square becomes one; where a manifest does not say, {@link
 *     Resize#STRETCH}
 * @param normalization what the network applies to RGB values in [0,1]; inside the deploy graph
 */
public record Preprocessing(
    @Required int size, Resize resize, @Required Normalization normalization) {
  public Preprocessing {
    resize = resize == null ? Resize.STRETCH : resize;
    if (size < 8 || size > 4096) {
      throw new IllegalArgumentException("size must be 8 to 4096 pixels, not " + size);
    }
  }

  /** The part of it that is done to an image before the network sees it. */
  public Framing framing() {
    return new Framing(size, resize);
  }
}
