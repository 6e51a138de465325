package io.ocellus.image;

import static org.bytedeco.leptonica.global.leptonica.L_SEVERITY_NONE;
import static org.bytedeco.leptonica.global.leptonica.pixConvertTo32;
import static org.bytedeco.leptonica.global.leptonica.pixDestroy;
import static org.bytedeco.leptonica.global.leptonica.pixGetData;
import static org.bytedeco.leptonica.global.leptonica.pixGetHeight;
import static org.bytedeco.leptonica.global.leptonica.pixGetWidth;
import static org.bytedeco.leptonica.global.leptonica.pixGetWpl;
import static org.bytedeco.leptonica.global.leptonica.pixReadMemJpeg;
import static org.bytedeco.leptonica.global.leptonica.readHeaderMemJpeg;
import static org.bytedeco.leptonica.global.leptonica.setMsgSeverity;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.leptonica.PIX;
import org.bytedeco.leptonica.global.leptonica;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JPEG at a half, a quarter or an eighth of its size, scaled by its inverse cosine transform:
 * what a network would not see is never computed. By <a
 * href="https://libjpeg-turbo.org">libjpeg-turbo</a> in <a
 * href="http://www.leptonica.org">Leptonica</a>.
 */
final class ScaledJpeg {
  private static final Logger log = LoggerFactory.getLogger(ScaledJpeg.class);

  /**
   * What is scaled has at least so many pixels, along each axis, for one of the resized image; as
   * {@code reducing_gap} of Pillow's {@code Image.thumbnail}.
   */
  private static final int GAP = 2;

  private static final int MOST = 8;
  private static final int AS_TRUE_COLOUR = 0;
  private static final int NO_HINT = 0;

  private ScaledJpeg() {}

  /** Leptonica, where this machine has it. */
  private static final class Native {
    static final boolean PRESENT = load();

    private static boolean load() {
      try {
        Loader.load(leptonica.class);
        setMsgSeverity(L_SEVERITY_NONE);
        return true;
      } catch (LinkageError e) {
        log.warn("Leptonica does not run here; large JPEGs are decoded in full: {}", e.toString());
        return false;
      }
    }
  }

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
    if (divisor == 1 || !Native.PRESENT || !isGreyOrColour(jpeg)) {
      return Optional.empty();
    }
    int[] warnings = new int[1];
    PIX read = pixReadMemJpeg(jpeg, jpeg.length, AS_TRUE_COLOUR, divisor, warnings, NO_HINT);
    if (read == null) {
      return Optional.empty();
    }
    try {
      return warnings[0] == 0 ? copy(read) : Optional.empty();
    } finally {
      pixDestroy(read);
    }
  }

  /** Not one of printing inks, whose colours are another decoder's matter. */
  private static boolean isGreyOrColour(byte[] jpeg) {
    int[] components = new int[1];
    int[] other = new int[1];
    int failed =
        readHeaderMemJpeg(jpeg, jpeg.length, other, other, components, new int[1], new int[1]);
    return failed == 0 && (components[0] == 1 || components[0] == 3);
  }

  private static Optional<BufferedImage> copy(PIX read) {
    PIX colours = pixConvertTo32(read);
    if (colours == null) {
      return Optional.empty();
    }
    try {
      int width = pixGetWidth(colours);
      int height = pixGetHeight(colours);
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
      if (pixGetWpl(colours) != width) {
        return Optional.empty();
      }
      pixGetData(colours).get(pixels);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] >>>= Byte.SIZE;
      }
      return Optional.of(image);
    } finally {
      pixDestroy(colours);
    }
  }
}
