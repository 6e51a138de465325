package io.ocellus.trainer.publish;

import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.network.Network;
import io.ocellus.network.Networks;
import io.ocellus.network.Safetensors;
import io.ocellus.network.StateDict;
import io.ocellus.network.weights.WeightMatch;
import io.ocellus.trainer.report.EpochFigures;
import io.ocellus.trainer.report.ReportFigures;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version that a candidate is compared with and may start from: the newest in the topic whose
 * weights can be loaded.
 *
 * @param manifest what it says of itself
 * @param network its network
 * @param weights its weights
 * @param history the epochs of its run; empty where it does not tell
 */
public record ServingVersion(
    Manifest manifest, Network network, StateDict weights, List<EpochFigures> history) {
  private static final Logger log = LoggerFactory.getLogger(ServingVersion.class);

  /** Fetches it into a folder, which can be deleted afterwards. */
  public static Optional<ServingVersion> fetch(
      CheckpointCatalog catalog, String model, Path directory) {
    List<Manifest> versions = catalog.versions(model);
    for (int i = versions.size() - 1; i >= 0; i--) {
      Manifest manifest = versions.get(i);
      try {
        Path files = directory.resolve("version-" + manifest.version());
        Checkpoint checkpoint = catalog.fetch(model, manifest.version(), files);
        Path weights = checkpoint.file(Checkpoint.WEIGHTS);
        return Optional.of(
            new ServingVersion(
                manifest,
                Networks.create(manifest.network(), weights),
                Safetensors.read(weights),
                ReportFigures.history(checkpoint.directory())));
      } catch (RuntimeException e) {
        log.warn(
            "Version {} of model {} cannot be compared with: {}",
            manifest.version(),
            model,
            e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Its weights held against a network: of its head, the rows of classes that both know.
   *
   * @param classes of the network, in the order of its logits
   */
  public WeightMatch match(Network other, List<String> classes) {
    return WeightMatch.of(other, weights, manifest.classes(), classes);
  }
}
