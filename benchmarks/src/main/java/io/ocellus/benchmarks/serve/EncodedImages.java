package io.ocellus.benchmarks.serve;

import io.ocellus.testbed.SyntheticImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Encoded images, over and over.
 *
 * @param images each once
 * @param what they are, in words
 */
record EncodedImages(List<byte[]> images, String what) {
  private static final int DISTINCT = 256;
  private static final long SEED = 1;

  /** Made-up ones, as large as the network's input. */
  static EncodedImages madeUp(Input input) {
    SyntheticImages synthetic = new SyntheticImages(input.size(), SEED);
    List<String> classes = synthetic.classes();
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < DISTINCT; i++) {
      String label = classes.get(i % classes.size());
      images.add(input.format().equals("png") ? synthetic.png(label, i) : synthetic.jpeg(label, i));
    }
    return new EncodedImages(
        images,
        "made-up, %d x %d %s"
            .formatted(input.size(), input.size(), input.format().toUpperCase(Locale.ROOT)));
  }

  /** Files of a folder, at any depth, in an order that is the same each time. */
  static EncodedImages in(Path folder) {
    List<byte[]> images = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> files = new ArrayList<>(walk.filter(EncodedImages::isImage).sorted().toList());
      Collections.shuffle(files, new Random(SEED));
      for (Path file : files.subList(0, Math.min(DISTINCT, files.size()))) {
        images.add(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    }
    if (images.isEmpty()) {
      throw new IllegalArgumentException("There is no JPEG or PNG in " + folder);
    }
    return new EncodedImages(images, "%d files".formatted(images.size()));
  }

  private static boolean isImage(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png)");
  }

  byte[] get(long index) {
    return images.get((int) (index % images.size()));
  }

  /** Bytes of one, on average. */
  int meanBytes() {
    return (int) images.stream().mapToInt(image -> image.length).average().orElse(0);
  }
}
