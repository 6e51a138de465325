package io.ocellus.inferencer.classify;

import io.ocellus.config.ImageSettings;
import io.ocellus.image.BadImageException;
import io.ocellus.image.Framing;
import io.ocellus.image.ImageDecoder;
import io.ocellus.image.ImageSources;
import io.ocellus.image.Pixels;
import io.ocellus.topic.EventHeaders;
import java.util.Optional;

/** From an image record to what a network takes. */
final class ImageReader {
  private final ImageSources sources;
  private final ImageDecoder decoder;

  ImageReader(ImageSettings settings) {
    this.sources = new ImageSources(settings);
    this.decoder = new ImageDecoder(settings.limits());
  }

  /**
   * 3 x size x size values in [0,1]: red, green, then blue rows.
   *
   * @throws BadImageException where the record holds no image that may be read
   */
  float[] pixels(ImageEvent event, Framing framing) throws BadImageException {
    Optional<String> dataref = EventHeaders.text(event.headers(), EventHeaders.CE_DATAREF);
    return Pixels.chw(decoder.decode(sources.bytes(event.value(), dataref)), framing);
  }
}
