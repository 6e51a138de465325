package io.ocellus.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * 12 x 8 images of every format, written by Pillow: at (x, y) red is 20x, green 30y, blue 10(x +
 * y); in the grey ones all are 20x.
 */
final class SampleImages {
  static final List<String> EXACT =
      List.of(
          "rgb.png",
          "rgb.bmp",
          "rgb.tif",
          "lzw.tif",
          "deflate.tif",
          "lossless.webp",
          "palette.png",
          "palette.gif",
          "palette.bmp",
          "rgba.png",
          "rgba.webp");
  static final List<String> LOSSY =
      List.of("baseline.jpg", "progressive.jpg", "cmyk.jpg", "lossy.webp");

  /** Stored turned or mirrored, each in one of the eight ways, and saying so. */
  static final List<String> HELD =
      List.of(
          "held-1.jpg",
          "held-2.jpg",
          "held-3.jpg",
          "held-4.jpg",
          "held-5.jpg",
          "held-6.jpg",
          "held-7.jpg",
          "held-8.jpg",
          "held-1.tif",
          "held-2.tif",
          "held-3.tif",
          "held-4.tif",
          "held-5.tif",
          "held-6.tif",
          "held-7.tif",
          "held-8.tif",
          "held-6.png",
          "held-6.webp");

  static final List<String> GREY = List.of("grey.png", "grey.jpg", "grey16.png", "grey-alpha.png");

  private SampleImages() {}

  static byte[] bytes(String name) {
    try (InputStream in = SampleImages.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int red(int x) {
    return 20 * x;
  }

  static int green(int y) {
    return 30 * y;
  }

  static int blue(int x, int y) {
    return 10 * (x + y);
  }
}
