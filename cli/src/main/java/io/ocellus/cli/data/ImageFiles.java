package io.ocellus.cli.data;

import io.ocellus.image.ImageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Image files as such, whatever their names end in. */
final class ImageFiles {
  private static final int MAGIC = 16;

  private ImageFiles() {}

  /** Why this file is no image that can be sent, judged by its first bytes. */
  static Optional<String> problem(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(MAGIC);
      if (start.length == 0) {
        return Optional.of("it is empty");
      }
      return ImageFormat.of(start).isPresent()
          ? Optional.empty()
          : Optional.of("it is not JPEG, PNG, GIF, BMP, TIFF or WebP");
    } catch (IOException e) {
      return Optional.of("it cannot be read: " + e.getMessage());
    }
  }

  static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(path), e);
    }
  }

  static String contentType(byte[] bytes) {
    return ImageFormat.of(bytes).map(ImageFormat::contentType).orElse("application/octet-stream");
  }
}
