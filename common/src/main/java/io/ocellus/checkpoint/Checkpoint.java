package io.ocellus.checkpoint;

import java.nio.file.Path;

/**
 * A checkpoint whose files lie in a folder and were found to be what the manifest promises.
 *
 * @param manifest what it says of itself
 * @param directory where its files are
 */
public record Checkpoint(Manifest manifest, Path directory) {
  /** The deploy graph: TorchScript, float NCHW batch in [0,1] RGB to logits. */
  public static final String MODEL = "model.pt";

  /** Parameters and batch-norm buffers under PyTorch's names. */
  public static final String WEIGHTS = "weights.safetensors";

  /** Where that file of the checkpoint lies. */
  public Path file(String name) {
    return directory.resolve(name);
  }
}
