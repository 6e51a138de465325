package io.ocellus.image;

import io.ocellus.config.ConfigurationException;
import io.ocellus.image.guard.ImageGuard;
import io.ocellus.image.guard.TimeLimit;
import java.time.Duration;

/**
 * How large an image may be before it is refused unread, and how long its decoding may take.
 *
 * @param maxBytes of the encoded image
 * @param maxPixels width times height, as its header announces
 * @param maxDecodeTime CPU time for an image of {@code maxPixels}
 */
public record ImageLimits(long maxBytes, long maxPixels, Duration maxDecodeTime) {
  /** The longest side of a JPEG or GIF. Weights of resizing are proportional to a side. */
  static final int MAX_SIDE = 65_535;

  private static final Duration DECODE_TIME = Duration.ofSeconds(2);

  /** Red, green, blue and alpha of eight bits; deeper images have fewer pixels. */
  private static final int BYTES_PER_PIXEL = 4;

  /** The decoder's own buffers or an upright copy, beside the image. */
  private static final int COPIES = 2;

  public ImageLimits {
    if (maxBytes < 1 || maxPixels < 1) {
      throw new IllegalArgumentException(
          "image.max-bytes and image.max-pixels must be positive, not %d and %d"
              .formatted(maxBytes, maxPixels));
    }
    if (maxDecodeTime.isNegative() || maxDecodeTime.isZero()) {
      throw new IllegalArgumentException(
          "image.max-decode-time must be positive, not " + maxDecodeTime);
    }
  }

  /** With the default of {@code image.max-decode-time}. */
  public ImageLimits(long maxBytes, long maxPixels) {
    this(maxBytes, maxPixels, DECODE_TIME);
  }

  /** How many bytes a decoded image may have, before it is resized. */
  long maxDecodedBytes() {
    return BYTES_PER_PIXEL * Math.min(maxPixels, Long.MAX_VALUE / (2 * BYTES_PER_PIXEL * COPIES));
  }

  /** The heap that decoding an image takes at most, whose pixels take that many bytes. */
  static long heapFor(long decodedBytes) {
    return COPIES * decodedBytes;
  }

  /**
   * How long an image of so many pixels may take: half of the time, and its share of the rest.
   *
   * @param pixels of 4 bytes
   */
  TimeLimit timeLimit(long pixels) {
    double share = Math.min(1, (double) pixels / maxPixels);
    return new TimeLimit(Duration.ofNanos((long) (maxDecodeTime.toNanos() * (1 + share) / 2)));
  }

  /**
   * Makes sure that the heap suffices for the largest image that the limits allow.
   *
   * @throws ConfigurationException where it does not; it says what to change
   */
  public void requireHeap() {
    requireHeap(Runtime.getRuntime().maxMemory());
  }

  /** The same of a heap of that many bytes. */
  public void requireHeap(long heap) {
    long needed = heapFor(maxDecodedBytes());
    long available = ImageGuard.shareOfHeap(heap);
    if (needed > available) {
      throw new ConfigurationException(
          "image.max-pixels is %,d, and decoding such an image takes %,d MiB, more than the %,d MiB that images may have of a heap of %,d MiB. Set image.max-pixels to %,d at most, or raise the heap to %,d MiB (-Xmx%<dm)"
              .formatted(
                  maxPixels,
                  mebibytes(needed),
                  mebibytes(available),
                  mebibytes(heap),
                  available / COPIES / BYTES_PER_PIXEL,
                  mebibytes((long) Math.ceil((double) needed * heap / available)) + 1));
    }
  }

  private static long mebibytes(long bytes) {
    return bytes >> 20;
  }
}
