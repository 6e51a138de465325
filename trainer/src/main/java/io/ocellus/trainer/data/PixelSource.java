package io.ocellus.trainer.data;

import io.ocellus.image.BadImageException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decoded images of one size, from the store where they are kept decoded in it. */
public final class PixelSource {
  private static final Logger log = LoggerFactory.getLogger(PixelSource.class);

  private final ImageStore store;
  private final ImageReader reader;
  private final int size;

  public PixelSource(ImageStore store, ImageReader reader, int size) {
    this.store = store;
    this.reader = reader;
    this.size = size;
  }

  /** Width and height. */
  public int size() {
    return size;
  }

  /**
   * Red, green and blue planes of {@code size * size} unsigned bytes; empty where the image was
   * forgotten since the run began.
   */
  public Optional<byte[]> pixels(String id) {
    if (size == store.size()) {
      Optional<byte[]> kept = store.pixels(id);
      if (kept.isPresent()) {
        return kept;
      }
    }
    Optional<byte[]> decoded = store.original(id).flatMap(original -> decode(id, original));
    if (size == store.size()) {
      decoded.ifPresent(pixels -> store.keep(id, pixels));
    }
    return decoded;
  }

  private Optional<byte[]> decode(String id, byte[] original) {
    try {
      return Optional.of(reader.pixels(original, size));
    } catch (BadImageException e) {
      log.warn("Image {} could be decoded before and cannot now: {}", id, e.getMessage());
      return Optional.empty();
    }
  }
}
