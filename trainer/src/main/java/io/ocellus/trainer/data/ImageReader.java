package io.ocellus.trainer.data;

import io.ocellus.image.BadImageException;
import io.ocellus.image.Framing;
import io.ocellus.image.ImageDecoder;
import io.ocellus.image.ImageSettings;
import io.ocellus.image.ImageSources;
import io.ocellus.image.guard.ImageGuard;
import java.util.Optional;

/** Fetches, decodes and resizes images, the same way as the inferencer does. */
public final class ImageReader {
  private final ImageSources sources;
  private final ImageDecoder decoder;

  /**
   * @param guard that the decoding of images is bounded by
   */
  public ImageReader(ImageSettings settings, ImageGuard guard) {
    sources = new ImageSources(settings);
    decoder = new ImageDecoder(settings.limits(), guard);
  }

  /** The encoded image: the value itself, or what the reference leads to. */
  byte[] bytes(byte[] value, Optional<String> reference) throws BadImageException {
    return sources.bytes(value, reference);
  }

  /**
   * The decoded image in its frame.
   *
   * @return red, green and blue planes of {@code size * size} unsigned bytes
   */
  public byte[] pixels(byte[] encoded, Framing framing) throws BadImageException {
    return decoder.levels(encoded, framing);
  }
}
