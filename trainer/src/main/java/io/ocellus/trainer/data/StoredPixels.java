package io.ocellus.trainer.data;

import io.ocellus.image.BadImageException;
import io.ocellus.image.Framing;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decoded images in one framing, from the store where they are kept decoded in it. */
public final class StoredPixels implements PixelSource {
  private static final Logger log = LoggerFactory.getLogger(StoredPixels.class);

  private final ImageStore store;
  private final ImageReader reader;
  private final Framing framing;

  public StoredPixels(ImageStore store, ImageReader reader, Framing framing) {
    this.store = store;
    this.reader = reader;
    this.framing = framing;
  }

  @Override
  public int size() {
    return framing.size();
  }

  @Override
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
