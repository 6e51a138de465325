package io.ocellus.image;

/**
 * How large an image may be before it is refused unread.
 *
 * @param maxBytes of the encoded image
 * @param maxPixels width times height, as its header announces
 */
public record ImageLimits(long maxBytes, long maxPixels) {
  public ImageLimits {
    if (maxBytes < 1 || maxPixels < 1) {
      throw new IllegalArgumentException(
          "image.max-bytes and image.max-pixels must be positive, not %d and %d"
              .formatted(maxBytes, maxPixels));
    }
  }
}
