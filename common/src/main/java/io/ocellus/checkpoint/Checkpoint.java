package io.ocellus.checkpoint;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A checkpoint whose files lie in a folder and were found to be what the manifest promises.
 *
 * @param manifest what it says of itself
 * @param directory where its files are
 * @param published when its manifest was written to the topic
 * @param signer who signed it, where anyone did
 */
public record Checkpoint(
    Manifest manifest, Path directory, Instant published, Optional<Signer> signer) {
  /** The deploy graph: TorchScript, float NCHW batch in [0,1] RGB to logits. */
  public static final String MODEL = "model.pt";

  /** Parameters and batch-norm buffers under PyTorch's names. */
  public static final String WEIGHTS = "weights.safetensors";

  /** One that has not come from a topic. */
  public Checkpoint(Manifest manifest, Path directory) {
    this(manifest, directory, manifest.created(), Optional.empty());
  }

  /** Whether somebody who is trusted has signed it, so that even code in it may run. */
  public boolean isTrusted() {
    return signer.filter(Signer::trusted).isPresent();
  }

  /** Where that file of the checkpoint lies. */
  public Path file(String name) {
    return directory.resolve(name);
  }
}
