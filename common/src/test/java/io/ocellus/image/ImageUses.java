package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.image.guard.ImageGuard;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.util.List;

/** Everything that the product does with an image's bytes, one after the other. */
final class ImageUses {
  private static final List<Framing> FRAMES =
      List.of(
          Framing.stretch(32),
          Framing.stretch(224),
          new Framing(224, Resize.LETTERBOX),
          new Framing(224, Resize.CENTER_CROP));
  private static final int SMALL_SIDE = 256;
  private static final int SMALL_PIXELS = 100_000;

  private final ImageDecoder decoder;
  private final ImageLimits limits;
  private final Meter meter;

  ImageUses(ImageLimits limits, Meter meter) {
    this.decoder = new ImageDecoder(limits, ImageGuard.inMemory(Runnable::run));
    this.limits = limits;
    this.meter = meter;
  }

  /** In full, resized in every way, and once more for each of two ways. */
  void run(byte[] bytes) throws BadImageException {
    BufferedImage image = decoded("decode", () -> decoder.decode(bytes));
    resize(image);
    for (Framing framing : List.of(FRAMES.get(0), FRAMES.get(3))) {
      resize(decoded("decode for " + name(framing), () -> decoder.decode(bytes, framing)), framing);
    }
    if (image.getWidth() * (long) image.getHeight() <= SMALL_PIXELS) {
      meter.begin("content");
      assertThat(PixelContent.of(image).width()).isEqualTo(image.getWidth());
      meter.end();
    }
  }

  private interface Decoding {
    BufferedImage image() throws BadImageException;
  }

  private BufferedImage decoded(String use, Decoding decoding) throws BadImageException {
    BufferedImage image = measured(use, decoding);
    assertThat(image.getWidth() * (long) image.getHeight()).isBetween(1L, limits.maxPixels());
    DataBuffer buffer = image.getRaster().getDataBuffer();
    long samples = (long) buffer.getSize() * buffer.getNumBanks();
    meter.checkDecoded(samples * DataBuffer.getDataTypeSize(buffer.getDataType()) / Byte.SIZE);
    return image;
  }

  /** To say that an image is bad must not cost more than to decode one. */
  private BufferedImage measured(String use, Decoding decoding) throws BadImageException {
    meter.begin(use);
    try {
      BufferedImage image = decoding.image();
      meter.end();
      return image;
    } catch (BadImageException e) {
      meter.end();
      throw e;
    }
  }

  /** Resizing is what extreme sides cost; for small ones one way is enough. */
  private void resize(BufferedImage image) {
    boolean small = Math.max(image.getWidth(), image.getHeight()) <= SMALL_SIDE;
    for (Framing framing : small ? FRAMES.subList(0, 1) : FRAMES) {
      resize(image, framing);
    }
  }

  /** On top of what decoding cost. */
  private void resize(BufferedImage image, Framing framing) {
    meter.resume("levels for " + name(framing));
    byte[] levels = Pixels.levels(image, framing);
    meter.end();
    assertThat(levels).hasSize(3 * framing.size() * framing.size());
  }

  private static String name(Framing framing) {
    return framing.resize().label() + " " + framing.size();
  }
}
