package io.ocellus.image;

import io.ocellus.failure.FailureReason;
import io.ocellus.image.guard.Budget;

/** Holds the size that an image announces against the limits, before there is memory for it. */
record PixelLimit(ImageLimits limits) {
  /**
   * Reserves memory for an image of that size, and sets its time limit.
   *
   * @param bytesPerPixel of the decoded image
   * @throws BadImageException where it is too large
   */
  void check(long width, long height, int bytesPerPixel, Budget budget) throws BadImageException {
    checkSize(width, height, bytesPerPixel);
    long bytes = width * height * Math.max(bytesPerPixel, Integer.BYTES);
    budget.limit(limits.timeLimit(bytes / Integer.BYTES));
    budget.reserve(ImageLimits.heapFor(bytes));
  }

  private void checkSize(long width, long height, int bytesPerPixel) throws BadImageException {
    if (Math.min(width, height) < 1) {
      throw new BadImageException(
          FailureReason.UNDECODABLE, "It is %,d x %,d pixels large".formatted(width, height));
    }
    if (Math.max(width, height) > ImageLimits.MAX_SIDE) {
      throw tooMany(width, height, "a side may have %,d".formatted(ImageLimits.MAX_SIDE));
    }
    if (width * height > limits.maxPixels()) {
      throw tooMany(width, height, "image.max-pixels is %,d".formatted(limits.maxPixels()));
    }
    if (width * height * bytesPerPixel > limits.maxDecodedBytes()) {
      throw tooMany(
          width,
          height,
          "at %d bytes per pixel image.max-pixels allows %,d"
              .formatted(bytesPerPixel, limits.maxDecodedBytes() / bytesPerPixel));
    }
  }

  private static BadImageException tooMany(long width, long height, String limit) {
    return new BadImageException(
        FailureReason.TOO_MANY_PIXELS,
        "%,d x %,d pixels are too many: %s".formatted(width, height, limit));
  }
}
