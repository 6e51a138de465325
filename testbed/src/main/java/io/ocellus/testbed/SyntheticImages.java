package io.ocellus.testbed;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/**
 * Made-up images of four classes: a cross, a ring, a square or a triangle as a device might see it.
 * Place, size, angle, colour, contrast and blur vary; strokes and blots lie before and behind it,
 * light falls unevenly, and the sensor is noisy, so much that a few cannot be told at all. A class
 * is told by its outline alone: at 32 pixels a small convolutional network trained on 400 of them
 * guesses at first and ends, after a dozen epochs, near 95%.
 *
 * <p>The same size, seed, label and index always give the same image.
 */
public final class SyntheticImages {
  private static final List<String> CLASSES =
      Arrays.stream(Outline.values()).map(Outline::label).toList();

  private final int size;
  private final long seed;

  /**
   * A collection of images.
   *
   * @param size width and height in pixels
   * @param seed of everything random; another seed is another collection
   */
  public SyntheticImages(int size, long seed) {
    this.size = size;
    this.seed = seed;
  }

  /** The labels, in alphabetical order. */
  public List<String> classes() {
    return CLASSES;
  }

  /** The image of that class and number. */
  public BufferedImage image(String label, long index) {
    return new Scene(Outline.of(label), size, new SplittableRandom(seedOf(label, index))).paint();
  }

  /** The same, as a JPEG of ImageIO's default quality. */
  public byte[] jpeg(String label, long index) {
    return encode(label, index, "jpeg");
  }

  /** The same, as a PNG. */
  public byte[] png(String label, long index) {
    return encode(label, index, "png");
  }

  /** The ways in which an image record can be broken. */
  public enum Broken {
    /** No bytes. */
    EMPTY,
    /** Something that is no image. */
    TEXT,
    /** The first half of a JPEG. */
    TRUNCATED,
    /** A PNG with a byte flipped in its pixels. */
    CORRUPT,
    /** A few bytes whose header announces 30,000 x 30,000 pixels. */
    BOMB
  }

  /** Bytes that cannot be classified. */
  public byte[] broken(Broken kind) {
    return switch (kind) {
      case EMPTY -> new byte[0];
      case TEXT -> "This is no image.\n".getBytes(StandardCharsets.UTF_8);
      case TRUNCATED -> {
        byte[] whole = jpeg(CLASSES.get(0), 0);
        yield Arrays.copyOf(whole, whole.length / 2);
      }
      case CORRUPT -> {
        byte[] whole = png(CLASSES.get(0), 0);
        whole[whole.length / 2] ^= 0x10;
        yield whole;
      }
      case BOMB -> bomb(png(CLASSES.get(0), 0), 30_000);
    };
  }

  private static byte[] bomb(byte[] png, int side) {
    int header = 12;
    int headerLength = 17;
    ByteBuffer.wrap(png).putInt(header + 4, side).putInt(header + 8, side);
    CRC32 checksum = new CRC32();
    checksum.update(png, header, headerLength);
    ByteBuffer.wrap(png).putInt(header + headerLength, (int) checksum.getValue());
    return png;
  }

  private byte[] encode(String label, long index, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image(label, index), format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private long seedOf(String label, long index) {
    long mixed = new SplittableRandom(seed + 31L * label.hashCode()).nextLong() + index;
    return new SplittableRandom(mixed).nextLong();
  }
}
