package io.ocellus.inferencer.classify;

import io.ocellus.image.BadImageException;
import io.ocellus.image.Framing;
import io.ocellus.image.ImageDecoder;
import io.ocellus.image.ImageSettings;
import io.ocellus.image.ImageSources;
import io.ocellus.image.guard.ImageGuard;
import io.ocellus.topic.EventHeaders;
import java.util.Optional;

/** From an image record to what a network takes. */
final class ImageReader {
  private final ImageSources sources;
  private final ImageDecoder decoder;

  ImageReader(ImageSettings settings, ImageGuard guard) {
    this.sources = new ImageSources(settings);
    this.decoder = new ImageDecoder(settings.limits(), guard);
  }

  /** Whether its bytes must be fetched first. */
  boolean isElsewhere(ImageEvent event) {
    return ImageSources.isElsewhere(event.value(), dataref(event));
  }

  /** The encoded image, which may take as long as {@code image.reference-patience}. */
  byte[] bytes(ImageEvent event) throws BadImageException {
    return sources.bytes(event.value(), dataref(event));
  }

  /**
   * 3 x size x size unsigned levels: red, green, then blue rows.
   *
   * @throws BadImageException where it cannot be decoded
   */
  byte[] levels(byte[] encoded, Framing framing) throws BadImageException {
    return decoder.levels(encoded, framing);
  }

  private static Optional<String> dataref(ImageEvent event) {
    return EventHeaders.text(event.headers(), EventHeaders.CE_DATAREF);
  }
}
