package io.ocellus.image;

import io.ocellus.failure.FailureReason;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes the first image of JPEG, PNG, GIF, BMP, TIFF or WebP bytes. What comes back is whole: a
 * decoder's tolerance of missing data counts as failure, because half an image gets a confident and
 * wrong label. Nothing is allocated for the pixels before the header's promise has been checked
 * against the limits, and whatever a decoder throws, only {@link BadImageException} gets out, with
 * one exception. An {@link OutOfMemoryError} is no property of an image that is within the limits:
 * it says that the heap was full at that moment, most often of other images. The image is decoded
 * again when no other is being decoded; where memory does not suffice even then, the heap is too
 * small for the limits, and the error is thrown, because an image that a larger heap could decode
 * must not be given up as a bad one.
 *
 * <p>Safe for use by many threads at once.
 */
public final class ImageDecoder {
  private static final Map<ImageFormat, ImageReaderSpi> READERS =
      Stream.of(ImageFormat.values())
          .collect(Collectors.toUnmodifiableMap(Function.identity(), ImageDecoder::provider));

  private final ImageLimits limits;
  private final SharedHeap heap = new SharedHeap();

  public ImageDecoder(ImageLimits limits) {
    this.limits = limits;
  }

  /** The image in these bytes, turned upright where EXIF says how the camera was held. */
  public BufferedImage decode(byte[] bytes) throws BadImageException {
    return decode(bytes, Optional.empty());
  }

  /**
   * The same for a network's input: a JPEG that is much larger comes at a half, a quarter or an
   * eighth of its size, decoded in a fraction of the time and memory.
   *
   * @param framing what the image will be resized to
   */
  public BufferedImage decode(byte[] bytes, Framing framing) throws BadImageException {
    return decode(bytes, Optional.of(framing));
  }

  private BufferedImage decode(byte[] bytes, Optional<Framing> framing) throws BadImageException {
    if (bytes.length == 0) {
      throw new BadImageException(FailureReason.EMPTY, "There are no bytes");
    }
    if (bytes.length > limits.maxBytes()) {
      throw new BadImageException(
          FailureReason.TOO_LARGE_BYTES,
          "%,d bytes, more than the %,d allowed".formatted(bytes.length, limits.maxBytes()));
    }
    ImageFormat format =
        ImageFormat.of(bytes)
            .orElseThrow(
                () ->
                    new BadImageException(
                        FailureReason.UNSUPPORTED_FORMAT,
                        "The first bytes are those of no supported image format"));
    return heap.run(() -> upright(format, bytes, framing));
  }

  private BufferedImage upright(ImageFormat format, byte[] bytes, Optional<Framing> framing)
      throws BadImageException {
    try {
      BufferedImage stored = decode(format, bytes, framing);
      return Orientation.of(format, bytes).upright(stored);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new BadImageException(
          FailureReason.UNDECODABLE, "%s: %s".formatted(format.label(), describe(e)), e);
    }
  }

  private BufferedImage decode(ImageFormat format, byte[] bytes, Optional<Framing> framing)
      throws IOException, BadImageException {
    format.check(bytes, limits);
    ImageReader reader = READERS.get(format).createReaderInstance();
    try (ImageInputStream input = new ByteArrayInput(bytes)) {
      reader.setInput(input, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      checkPixels(width, height);
      if (format == ImageFormat.JPEG) {
        Optional<BufferedImage> scaled =
            framing.flatMap(frame -> ScaledJpeg.decode(bytes, width, height, frame));
        if (scaled.isPresent()) {
          return scaled.get();
        }
      }
      DataLoss loss = new DataLoss();
      reader.addIIOReadWarningListener(loss);
      BufferedImage image = reader.read(0);
      loss.check();
      checkSamples(image);
      return image;
    } finally {
      reader.dispose();
    }
  }

  private void checkPixels(long width, long height) throws BadImageException {
    if (width * height > limits.maxPixels()) {
      throw new BadImageException(
          FailureReason.TOO_MANY_PIXELS,
          "%,d x %,d pixels, more than the %,d allowed"
              .formatted(width, height, limits.maxPixels()));
    }
  }

  /** What a TIFF may hold beside colours: measurements, which no palette of levels shows. */
  private static void checkSamples(BufferedImage image) throws IIOException {
    switch (image.getSampleModel().getDataType()) {
      case DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT, DataBuffer.TYPE_INT -> {}
      default -> throw new IIOException("its samples are no levels of colour");
    }
  }

  private static ImageReaderSpi provider(ImageFormat format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.label());
    if (!readers.hasNext()) {
      throw new IllegalStateException("ImageIO has no reader of " + format.label());
    }
    ImageReader reader = readers.next();
    reader.dispose();
    return reader.getOriginatingProvider();
  }

  private static String describe(Throwable e) {
    if (e instanceof BufferUnderflowException) {
      return "the data ends too early";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
