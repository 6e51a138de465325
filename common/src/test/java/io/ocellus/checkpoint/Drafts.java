package io.ocellus.checkpoint;

import io.ocellus.image.Preprocessing;
import io.ocellus.image.Resize;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Normalization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Checkpoints as a trainer leaves them, filled with random bytes. */
final class Drafts {
  private Drafts() {}

  static Manifest manifest(String model, int parent) {
    return new Manifest(
        model,
        0,
        Instant.parse("2026-05-06T07:08:09Z"),
        new NetworkSpec("se-densenet-light", 3, Map.of("growth-rate", "12")),
        List.of("cat", "dog", "owl"),
        new Preprocessing(32, Resize.STRETCH, Normalization.IMAGENET),
        1,
        Map.of("test-accuracy", 0.875),
        List.of(),
        new Lineage(
            "run-1",
            "on-start",
            parent,
            List.of(new OffsetRange("ocellus.labelled-images", 0, 0, 120)),
            96,
            24,
            "hash of the group, 20% held out",
            42,
            Map.of("training.epochs", "3"),
            "0.1.0"));
  }

  /** A folder with both files; the model is three chunks long, the weights less than one. */
  static Path files(Path folder, long seed) {
    Random random = new Random(seed);
    byte[] model = new byte[2 * ChunkedFile.CHUNK_BYTES + 1000];
    byte[] weights = new byte[70_000];
    random.nextBytes(model);
    random.nextBytes(weights);
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(Checkpoint.MODEL), model);
      Files.write(folder.resolve(Checkpoint.WEIGHTS), weights);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
