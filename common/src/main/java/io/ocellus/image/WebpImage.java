package io.ocellus.image;

import static io.ocellus.image.Structure.require;
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
    limit.check(picture.canvas().width(), picture.canvas().height(), bytesPerPixel, budget);
    BufferedImage frame = inNative ? natively(input) : inJava.decode(input);
    require(
        frame.getWidth() == picture.width() && frame.getHeight() == picture.height(),
        "a picture of another size");
    return picture.canvas().with(frame);
  }

  private static BufferedImage natively(DecoderInput input) throws IIOException {
    try (BytePointer bytes = new BytePointer(input.bytes())) {
      PIX read = pixReadMemWebP(bytes, input.bytes().length);
      return Optional.ofNullable(read)
          .flatMap(Leptonica::take)
          .orElseThrow(() -> new IIOException("truncated or corrupt"));
    }
  }
}
