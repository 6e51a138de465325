package io.ocellus.image;

import io.ocellus.failure.FailureReason;
import io.ocellus.image.guard.Budget;
import io.ocellus.image.guard.GuardedException;
import io.ocellus.image.guard.ImageGuard;
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
 * against the limits, a decoder gets nothing but the picture ({@link DecoderInput}), and time and
 * memory are bounded by an {@link ImageGuard}. Whatever happens, only {@link BadImageException}
 * gets out, with two exceptions, which are no property of the image: a {@link LinkageError} where a
 * library is missing, and an {@link OutOfMemoryError} where the heap lacks what an image within the
 * limits may take.
 *
 * <p>Safe for use by many threads at once.
 */
public final class ImageDecoder {
  private static final Map<ImageFormat, ImageReaderSpi> READERS =
      Stream.of(ImageFormat.values())
          .collect(Collectors.toUnmodifiableMap(Function.identity(), ImageDecoder::provider));

  private final ImageLimits limits;
  private final PixelLimit pixelLimit;
  private final ImageGuard guard;

  /** With a guard of its own, that forgets with the process. */
  public ImageDecoder(ImageLimits limits) {
    this(limits, ImageGuard.inMemory());
  }

  /**
   * @param guard that may be shared by several
   */
  public ImageDecoder(ImageLimits limits, ImageGuard guard) {
    this.limits = limits;
    this.pixelLimit = new PixelLimit(limits);
    this.guard = guard;
  }

  /** What is made of a decoded image. */
  private interface Use<T> {
    T of(BufferedImage image, Budget budget);
  }

  /** The image in these bytes, turned upright where EXIF says how the camera was held. */
  public BufferedImage decode(byte[] bytes) throws BadImageException {
    return use(bytes, Optional.empty(), (image, budget) -> image);
  }

  /**
   * The same for a network's input: a JPEG that is much larger comes at a half, a quarter or an
   * eighth of its size, decoded in a fraction of the time and memory.
   *
   * @param framing what the image will be resized to
   */
  public BufferedImage decode(byte[] bytes, Framing framing) throws BadImageException {
    return use(bytes, Optional.of(framing), (image, budget) -> image);
  }

  /** The network's input: {@link Pixels#levels} of the image, within the same bounds. */
  public byte[] levels(byte[] bytes, Framing framing) throws BadImageException {
    return use(
        bytes,
        Optional.of(framing),
        (image, budget) -> Pixels.levels(image, framing, budget::check));
  }

  /**
   * What is made of the upright image, within the same bounds.
   *
   * @param use takes time and memory proportional to the image
   */
  public <T> T decode(byte[] bytes, Function<BufferedImage, T> use) throws BadImageException {
    return use(bytes, Optional.empty(), (image, budget) -> use.apply(image));
  }

  private <T> T use(byte[] bytes, Optional<Framing> framing, Use<T> use) throws BadImageException {
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
    try {
      return guard.run(
          bytes,
          limits.timeLimit(0),
          BadImageException.class,
          budget -> use(format, bytes, framing, budget, use));
    } catch (GuardedException e) {
      throw new BadImageException(
          e.reason(), "%s: %s".formatted(format.label(), e.getMessage()), e);
    }
  }

  /**
   * An error in the work on one image is that image's, unless it says that a library is missing.
   */
  private <T> T use(
      ImageFormat format, byte[] bytes, Optional<Framing> framing, Budget budget, Use<T> use)
      throws BadImageException {
    try {
      BufferedImage stored = stored(format, bytes, framing, budget);
      budget.check();
      return use.of(Orientation.of(format, bytes).upright(stored, budget::check), budget);
    } catch (Budget.TimeOverException | LinkageError | OutOfMemoryError e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      budget.check();
      throw new BadImageException(
          FailureReason.UNDECODABLE, "%s: %s".formatted(format.label(), describe(e)), e);
    }
  }

  /**
   * Each format's structure is checked first for what its decoder is too trusting or too tolerant
   * to check; that throws, checked or unchecked, where the bytes are truncated, corrupt or made to
   * hurt, and its time and memory are proportional to the number of bytes.
   */
  private BufferedImage stored(
      ImageFormat format, byte[] bytes, Optional<Framing> framing, Budget budget)
      throws IOException, BadImageException {
    return switch (format) {
      case JPEG -> whole(format, JpegStructure.check(bytes), framing, budget);
      case PNG -> whole(format, PngStructure.check(bytes), framing, budget);
      case BMP -> whole(format, BmpStructure.check(bytes), framing, budget);
      case TIFF -> {
        DecoderInput input = TiffStructure.check(bytes, limits);
        yield TiffColours.of(bytes).toRgb(whole(format, input, framing, budget), budget::check);
      }
      case GIF -> {
        GifStructure.Picture picture = GifStructure.firstPicture(bytes);
        yield picture.canvas().with(frame(picture, budget));
      }
      case WEBP ->
          WebpImage.decode(
              bytes,
              pixelLimit,
              budget,
              input -> read(format, input, budget, (width, height) -> Optional.empty()));
    };
  }

  private BufferedImage whole(
      ImageFormat format, DecoderInput input, Optional<Framing> framing, Budget budget)
      throws IOException, BadImageException {
    return read(
        format,
        input,
        budget,
        (width, height) -> {
          pixelLimit.check(width, height, input.bytesPerPixel(), budget);
          return format == ImageFormat.JPEG
              ? framing.flatMap(frame -> ScaledJpeg.decode(input.bytes(), width, height, frame))
              : Optional.empty();
        });
  }

  private BufferedImage frame(GifStructure.Picture picture, Budget budget)
      throws IOException, BadImageException {
    Canvas canvas = picture.canvas();
    return read(
        ImageFormat.GIF,
        picture.input(),
        budget,
        (width, height) -> {
          pixelLimit.check(
              canvas.width(), canvas.height(), picture.input().bytesPerPixel(), budget);
          return Optional.empty();
        });
  }

  /** Knows the image's size before there are any pixels. */
  private interface BeforePixels {
    /** The image, where it can be had in another way. */
    Optional<BufferedImage> at(int width, int height) throws BadImageException;
  }

  private static BufferedImage read(
      ImageFormat format, DecoderInput bytes, Budget budget, BeforePixels before)
      throws IOException, BadImageException {
    ImageReader reader = READERS.get(format).createReaderInstance();
    try (ImageInputStream input = new ByteArrayInput(bytes.bytes(), budget)) {
      reader.setInput(input, true, true);
      Optional<BufferedImage> other = before.at(reader.getWidth(0), reader.getHeight(0));
      if (other.isPresent()) {
        return other.get();
      }
      DataLoss loss = new DataLoss();
      reader.addIIOReadWarningListener(loss);
      reader.addIIOReadProgressListener(new AbortWhenOver(budget));
      BufferedImage image = reader.read(0);
      loss.check();
      checkSamples(image);
      return image;
    } finally {
      reader.dispose();
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
