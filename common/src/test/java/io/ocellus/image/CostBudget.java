package io.ocellus.image;

import java.time.Duration;

/**
 * What one image may cost from its bytes to a network's input, on one core.
 *
 * @param cpu of the thread that decodes
 * @param bytes allocated by it, garbage included
 * @param decodedBytes of the decoded image
 */
record CostBudget(Duration cpu, long bytes, long decodedBytes) {
  /** What is known to be affordable: {@code image.max-bytes} and {@code image.max-pixels}. */
  static final ImageLimits PRODUCT = new ImageLimits(20_000_000, 50_000_000);

  /** Models of hostile images, small enough for every build. */
  static final ImageLimits SMALL = new ImageLimits(2_000_000, 1_000_000, Duration.ofMillis(400));

  /** At the product's limits. */
  private static final Duration MOST_CPU = Duration.ofSeconds(2);

  /** Of whatever size an image is: code that is not compiled yet, checks, a slow machine. */
  private static final Duration LEAST_CPU = Duration.ofMillis(500);

  /** A decoder that stops at a limit of its own stops a little later than that. */
  private static final double TOLERANCE = 1.25;

  /** By which CPU times and allocated bytes are multiplied: more where code is instrumented. */
  private static final int SLOWDOWN = Integer.getInteger("ocellus.fuzz.slowdown", 1);

  /** Four channels of two bytes. */
  private static final long DECODED_BYTES_PER_PIXEL = 8;

  /** Of all that is allocated: the WebP decoder makes objects of every block. */
  private static final long BYTES_PER_PIXEL = 144;

  private static final long BYTES_PER_BYTE = 4;
  private static final long LEAST_BYTES = 48L << 20;

  static CostBudget of(ImageLimits limits) {
    double share =
        Math.max(
            (double) limits.maxBytes() / PRODUCT.maxBytes(),
            (double) limits.maxPixels() / PRODUCT.maxPixels());
    long nanos = Math.max(LEAST_CPU.toNanos(), (long) (TOLERANCE * share * MOST_CPU.toNanos()));
    return new CostBudget(
        Duration.ofNanos(SLOWDOWN * nanos),
        SLOWDOWN
            * (LEAST_BYTES
                + BYTES_PER_PIXEL * limits.maxPixels()
                + BYTES_PER_BYTE * limits.maxBytes()),
        DECODED_BYTES_PER_PIXEL * limits.maxPixels());
  }
}
