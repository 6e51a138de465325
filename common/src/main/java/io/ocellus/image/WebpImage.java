package io.ocellus.image;

import static org.bytedeco.leptonica.global.leptonica.pixReadMemWebP;

import io.ocellus.image.guard.Budget;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.IIOException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.leptonica.PIX;

/**
 * The first picture of a WebP on its canvas, which is black where the picture does not reach.
 * libwebp decodes it; it takes a tenth of the time of a decoder in Java and fails where data is
 * missing.
 */
final class WebpImage {
  /** The decoder in Java takes 60 to 80 ns for a pixel: so much smaller must an image be. */
  private static final int JAVA_SHARE = 4;

  private WebpImage() {}

  /** Decodes in Java. */
  interface Fallback {
    BufferedImage decode(DecoderInput input) throws IOException, BadImageException;
  }

  static BufferedImage decode(byte[] bytes, PixelLimit limit, Budget budget, Fallback inJava)
      throws IOException, BadImageException {
    WebpStructure.Picture picture = WebpStructure.firstPicture(bytes);
    DecoderInput input = new DecoderInput(picture.still(), Integer.BYTES);
    boolean inNative = Leptonica.isPresent();
    int bytesPerPixel = inNative ? Integer.BYTES : JAVA_SHARE * Integer.BYTES;
    limit.check(picture.canvasWidth(), picture.canvasHeight(), bytesPerPixel, budget);
    return onCanvas(inNative ? natively(input) : inJava.decode(input), picture);
  }

  private static BufferedImage natively(DecoderInput input) throws IIOException {
    try (BytePointer bytes = new BytePointer(input.bytes())) {
      PIX read = pixReadMemWebP(bytes, input.bytes().length);
      return Optional.ofNullable(read)
          .flatMap(Leptonica::take)
          .orElseThrow(() -> new IIOException("truncated or corrupt"));
    }
  }

  private static BufferedImage onCanvas(BufferedImage frame, WebpStructure.Picture picture)
      throws IIOException {
    if (frame.getWidth() != picture.width() || frame.getHeight() != picture.height()) {
      throw new IIOException("a picture of another size");
    }
    if (picture.fillsCanvas()) {
      return frame;
    }
    BufferedImage canvas =
        new BufferedImage(
            picture.canvasWidth(), picture.canvasHeight(), BufferedImage.TYPE_INT_RGB);
    RgbRows rows = RgbRows.of(frame);
    int[] row = new int[frame.getWidth()];
    for (int y = 0; y < frame.getHeight(); y++) {
      rows.read(y, row);
      canvas.setRGB(picture.x(), picture.y() + y, row.length, 1, row, 0, row.length);
    }
    return canvas;
  }
}
