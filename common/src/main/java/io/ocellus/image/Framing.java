package io.ocellus.image;

/**
 * From an image of any shape to a square of pixels.
 *
 * @param size width and height in pixels
 * @param resize how an image that is no square becomes one
 */
public record Framing(int size, Resize resize) {
  private static final int CROP_NUMERATOR = 8;
  private static final int CROP_DENOMINATOR = 7;

  public Framing {
    if (size < 1) {
      throw new IllegalArgumentException("A frame of %d pixels holds nothing".formatted(size));
    }
  }

  /** Resized to the square without regard to the image's shape. */
  public static Framing stretch(int size) {
    return new Framing(size, Resize.STRETCH);
  }

  /** Where the resized image of this shape goes. */
  Placement place(int width, int height) {
    return switch (resize) {
      case STRETCH -> new Placement(new Span(width, size, size), new Span(height, size, size));
      case LETTERBOX -> {
        double longer = Math.max(width, height);
        yield new Placement(
            new Span(width, Math.max(1, (long) Math.rint(width / longer * size)), size),
            new Span(height, Math.max(1, (long) Math.rint(height / longer * size)), size));
      }
      case CENTER_CROP -> {
        int shorter = Math.min(width, height);
        long side = (long) size * CROP_NUMERATOR / CROP_DENOMINATOR;
        yield new Placement(
            new Span(width, side * width / shorter, size),
            new Span(height, side * height / shorter, size));
      }
    };
  }

  /** How the resized image lies in the square, along each axis. */
  record Placement(Span horizontal, Span vertical) {}

  /**
   * One axis of the image, centred in the square: cut where it is longer, with room on both sides
   * where it is shorter.
   *
   * @param from pixels of the image
   * @param to pixels that it is resized to
   * @param square pixels of the square
   */
  record Span(int from, long to, int square) {
    /** The first resized pixel that is in the square. */
    long skipped() {
      return Math.max(0, (long) Math.rint((to - square) / 2.0));
    }

    /** How many resized pixels are in the square. */
    int shown() {
      return (int) Math.min(to, square);
    }

    /** Where in the square they begin. */
    int at() {
      return Math.max(0, (int) Math.rint((square - to) / 2.0));
    }

    Resampling resampling() {
      return new Resampling(from, to, skipped(), shown());
    }
  }
}
