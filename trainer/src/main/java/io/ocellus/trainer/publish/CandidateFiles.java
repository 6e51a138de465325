package io.ocellus.trainer.publish;

import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.Lineage;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.image.Framing;
import io.ocellus.image.Preprocessing;
import io.ocellus.network.Safetensors;
import io.ocellus.network.TorchScript;
import io.ocellus.trainer.measure.Temperature;
import io.ocellus.trainer.training.Candidate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes of a candidate what is published: the files and the manifest's draft. */
public final class CandidateFiles {
  private CandidateFiles() {}

  /**
   * Writes the deploy graph and the weights into that folder, and reads them back.
   *
   * @param classes labels in the order of the logits
   * @param size width and height that the network was trained on
   * @throws UnfaithfulFilesException where they do not compute what was trained
   */
  public static void write(Candidate candidate, List<String> classes, int size, Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create " + directory, e);
    }
    TorchScript.write(
        candidate.network(),
        candidate.weights(),
        candidate.normalization(),
        directory.resolve(Checkpoint.MODEL));
    Safetensors.write(candidate.weights(), classes, directory.resolve(Checkpoint.WEIGHTS));
    FilesCheck.check(candidate, size, directory);
  }

  /** The manifest, as yet without version and files. */
  public static Manifest draft(
      String model, Candidate candidate, List<String> classes, Framing framing, Lineage lineage) {
    return draft(
        model,
        candidate,
        classes,
        framing,
        ManifestMetrics.of(candidate, Map.of("test", candidate.judgement())),
        lineage);
  }

  /** The same with metrics of the caller's choice. */
  public static Manifest draft(
      String model,
      Candidate candidate,
      List<String> classes,
      Framing framing,
      Map<String, Double> metrics,
      Lineage lineage) {
    return new Manifest(
        model,
        0,
        Instant.now(),
        candidate.network().spec(),
        classes,
        new Preprocessing(framing.size(), framing.resize(), candidate.normalization()),
        Temperature.fit(candidate.predictions()),
        metrics,
        List.of(),
        lineage);
  }
}
