package io.ocellus.trainer.folder;

import io.ocellus.image.BadImageException;
import io.ocellus.image.Framing;
import io.ocellus.trainer.data.ImageReader;
import io.ocellus.trainer.data.PixelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Images decoded once, by all cores, into one temporary file that every epoch reads from: the
 * operating system keeps in memory what fits. The file goes when this is closed.
 */
final class DecodedFiles implements PixelSource, AutoCloseable {
  private final int size;
  private final PlaneFile file;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<ImageFile> images = new ArrayList<>();
  private final List<LeftOut> unreadable = new ArrayList<>();

  private DecodedFiles(int size, PlaneFile file) {
    this.size = size;
    this.file = file;
  }

  /**
   * Decodes them.
   *
   * @param folder where the temporary file is made
   * @param progress is run after each image, by several threads
   */
  static DecodedFiles of(
      List<ImageFile> images, ImageReader reader, Framing framing, Path folder, Runnable progress) {
    DecodedFiles decoded =
        new DecodedFiles(framing.size(), PlaneFile.in(folder, 3 * framing.size() * framing.size()));
    decoded.decode(images, reader, framing, progress);
    return decoded;
  }

  private void decode(List<ImageFile> all, ImageReader reader, Framing framing, Runnable progress) {
    String[] problems = new String[all.size()];
    IntStream.range(0, all.size())
        .parallel()
        .forEach(
            i -> {
              problems[i] = decode(all.get(i), reader, framing, i);
              progress.run();
            });
    for (int i = 0; i < problems.length; i++) {
      if (problems[i].isEmpty()) {
        places.put(all.get(i).id(), i);
        images.add(all.get(i));
      } else {
        unreadable.add(new LeftOut(all.get(i), problems[i]));
      }
    }
  }

  /** Empty, or why it cannot be used. */
  private String decode(ImageFile image, ImageReader reader, Framing framing, int place) {
    byte[] encoded;
    try {
      encoded = Files.readAllBytes(image.path());
    } catch (IOException e) {
      return "it cannot be read: " + e;
    }
    try {
      file.write(place, reader.pixels(encoded, framing));
      return "";
    } catch (BadImageException e) {
      return e.getMessage();
    }
  }

  /** Those that can be learned from. */
  List<ImageFile> images() {
    return List.copyOf(images);
  }

  /** Those that cannot. */
  List<LeftOut> unreadable() {
    return List.copyOf(unreadable);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Optional<byte[]> pixels(String id) {
    return Optional.ofNullable(places.get(id)).map(file::read);
  }

  @Override
  public void close() {
    file.close();
  }
}
