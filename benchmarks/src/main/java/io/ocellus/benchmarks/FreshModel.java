package io.ocellus.benchmarks;

import ai.djl.Device;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.Lineage;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.image.Preprocessing;
import io.ocellus.image.Resize;
import io.ocellus.network.ElementType;
import io.ocellus.network.Network;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.Normalization;
import io.ocellus.network.Onnx;
import io.ocellus.network.Safetensors;
import io.ocellus.network.StateDict;
import io.ocellus.network.TorchScript;
import io.ocellus.trainer.training.NetworkOnDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A network with fresh weights, as what a trainer would publish and as ONNX. It knows nothing, and
 * costs what a trained one costs.
 *
 * @param draft of its manifest
 * @param folder of its checkpoint
 * @param onnx the file
 * @param bfloat16 folder of a {@code model.pt} that computes in bfloat16
 */
public record FreshModel(Manifest draft, Path folder, Path onnx, Path bfloat16) {
  private static final long SEED = 1;
  private static final String MODEL = "default";

  /**
   * Writes it into that folder.
   *
   * @param name of the network in the catalogue
   * @param size width and height of its input
   */
  public static FreshModel write(String name, int size, List<String> classes, Path home) {
    NetworkSpec spec = new NetworkSpec(name, classes.size());
    Network network = Networks.create(spec);
    Path folder = home.resolve("model");
    Path onnx = home.resolve("model.onnx");
    Path bfloat16 = home.resolve("bfloat16");
    try {
      Files.createDirectories(folder);
      Files.createDirectories(bfloat16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    StateDict weights;
    try (NetworkOnDevice fresh = new NetworkOnDevice(network, size, Device.cpu(), SEED)) {
      weights = fresh.stateDict();
    }
    Normalization normalization = Normalization.IMAGENET;
    Safetensors.write(weights, folder.resolve(Checkpoint.WEIGHTS));
    TorchScript.write(network, weights, normalization, folder.resolve(Checkpoint.MODEL));
    TorchScript.write(
        network, weights, normalization, ElementType.BF16, bfloat16.resolve(Checkpoint.MODEL));
    Onnx.write(network, weights, normalization, size, Map.of(), onnx);
    Preprocessing preprocessing = new Preprocessing(size, Resize.STRETCH, Normalization.IMAGENET);
    return new FreshModel(manifest(spec, classes, preprocessing), folder, onnx, bfloat16);
  }

  private static Manifest manifest(
      NetworkSpec spec, List<String> classes, Preprocessing preprocessing) {
    Lineage lineage =
        new Lineage("benchmark", "none", 0, List.of(), 0, 0, "none", SEED, Map.of(), "unknown");
    return new Manifest(
        MODEL, 0, Instant.now(), spec, classes, preprocessing, 1, Map.of(), List.of(), lineage);
  }
}
