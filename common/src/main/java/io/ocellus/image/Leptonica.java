package io.ocellus.image;

import static org.bytedeco.leptonica.global.leptonica.L_SEVERITY_NONE;
import static org.bytedeco.leptonica.global.leptonica.pixConvertTo32;
import static org.bytedeco.leptonica.global.leptonica.pixDestroy;
import static org.bytedeco.leptonica.global.leptonica.pixGetData;
import static org.bytedeco.leptonica.global.leptonica.pixGetHeight;
import static org.bytedeco.leptonica.global.leptonica.pixGetWidth;
import static org.bytedeco.leptonica.global.leptonica.pixGetWpl;
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
 * Native decoders: <a href="https://libjpeg-turbo.org">libjpeg-turbo</a> and <a
 * href="https://developers.google.com/speed/webp">libwebp</a>, as <a
 * href="http://www.leptonica.org">Leptonica</a> brings them.
 */
final class Leptonica {
  private static final Logger log = LoggerFactory.getLogger(Leptonica.class);

  private Leptonica() {}

  /** Whether it runs on this machine. */
  static boolean isPresent() {
    return Native.PRESENT;
  }

  private static final class Native {
    static final boolean PRESENT = load();

    private static boolean load() {
      try {
        Loader.load(leptonica.class);
        setMsgSeverity(L_SEVERITY_NONE);
        return true;
      } catch (LinkageError e) {
        log.warn(
            "Leptonica does not run here; large JPEGs are decoded in full and WebPs in Java: {}",
            e.toString());
        return false;
      }
    }
  }

  /**
   * The colours of an image, without transparency; it is freed. Empty where that is not possible.
   */
  static Optional<BufferedImage> take(PIX read) {
    try {
      return copy(read);
    } finally {
      pixDestroy(read);
    }
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
