package io.ocellus.image;

import static org.bytedeco.leptonica.global.leptonica.pixDestroy;
import static org.bytedeco.leptonica.global.leptonica.pixReadMemJpeg;
import static org.bytedeco.leptonica.global.leptonica.readHeaderMemJpeg;

import java.awt.image.BufferedImage;
import java.util.Optional;
import org.bytedeco.leptonica.PIX;

/**
 * A JPEG at a half, a quarter or an eighth of its size, scaled by its inverse cosine transform:
 * what a network would not see is never computed.
 */
final class ScaledJpeg {
  /**
   * What is scaled has at least so many pixels, along each axis, for one of the resized image; as
   * {@code reducing_gap} of Pillow's {@code Image.thumbnail}.
   */
  private static final int GAP = 2;

  private static final int MOST = 8;
  private static final int AS_TRUE_COLOUR = 0;
  private static final int NO_HINT = 0;

  private ScaledJpeg() {}

  /** By how much an image of this size may be divided for this frame: 1, 2, 4 or 8. */
  static int divisor(int width, int height, Framing framing) {
    Framing.Placement placement = framing.place(width, height);
    int divisor = MOST;
    while (divisor > 1
        && (isTooSmall(placement.horizontal(), divisor)
            || isTooSmall(placement.vertical(), divisor))) {
      divisor /= 2;
    }
    return divisor;
  }

  private static boolean isTooSmall(Framing.Span span, int divisor) {
    return span.from() < GAP * span.to() * divisor;
  }

  /**
   * The image with both sides divided, rounded up; as it is stored, not turned upright. Empty where
   * the frame needs all of it, and where there is the least doubt, for a stricter decoder to say
   * what is wrong.
   */
  static Optional<BufferedImage> decode(byte[] jpeg, int width, int height, Framing framing) {
    int divisor = divisor(width, height, framing);
    if (divisor == 1 || !Leptonica.isPresent() || !isGreyOrColour(jpeg)) {
      return Optional.empty();
    }
    int[] warnings = new int[1];
    PIX read = pixReadMemJpeg(jpeg, jpeg.length, AS_TRUE_COLOUR, divisor, warnings, NO_HINT);
    if (read == null) {
      return Optional.empty();
    }
    if (warnings[0] != 0) {
      pixDestroy(read);
      return Optional.empty();
    }
    return Leptonica.take(read);
  }

  /** Not one of printing inks, whose colours are another decoder's matter. */
  private static boolean isGreyOrColour(byte[] jpeg) {
    int[] components = new int[1];
    int[] other = new int[1];
    int failed =
        readHeaderMemJpeg(jpeg, jpeg.length, other, other, components, new int[1], new int[1]);
    return failed == 0 && (components[0] == 1 || components[0] == 3);
  }
}
