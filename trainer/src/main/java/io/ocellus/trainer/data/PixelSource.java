package io.ocellus.trainer.data;

import io.ocellus.image.BadImageException;
import io.ocellus.image.Framing;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decoded images in one framing, from the store where they are kept decoded in it. */
public final class PixelSource {
  private static final Logger log = LoggerFactory.getLogger(PixelSource.class);

  private final ImageStore store;
  private final ImageReader reader;
  private final Framing framing;

  public PixelSource(ImageStore store, ImageReader reader, Framing framing) {
    this.store = store;
    this.reader = reader;
    this.framing = framing;
  }

  /** Width and height. */
  public int size() {
    return framing.size();
  }

  /**
   * Red, green and blue planes of {@code size * size} unsigned bytes; empty where the image was
   * forgotten since the run began.
   */
  public Optional<byte[]> pixels(String id) {
    if (framing.equals(store.framing())) {
      Optional<byte[]> kept = store.pixels(id);
      if (kept.isPresent()) {
        return kept;
      }
    }
    Optional<byte[]> decoded = store.original(id).flatMap(original -> decode(id, original));
    if (framing.equals(store.framing())) {
      decoded.ifPresent(pixels -> store.keep(id, pixels));
    }
    return decoded;
  }

  private Optional<byte[]> decode(String id, byte[] original) {
    try {
      return Optional.of(reader.pixels(original, framing));
    } catch (BadImageException e) {
      log.warn("Image {} could be decoded before and cannot now: {}", id, e.getMessage());
      return Optional.empty();
    }
  }
}
