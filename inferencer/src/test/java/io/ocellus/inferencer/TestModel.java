package io.ocellus.inferencer;

import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.Lineage;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.image.Preprocessing;
import io.ocellus.image.Resize;
import io.ocellus.network.Network;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.Normalization;
import io.ocellus.network.Safetensors;
import io.ocellus.network.StateDict;
import io.ocellus.network.Tensor;
import io.ocellus.network.TorchScript;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A tiny real network with random weights, as a checkpoint folder. */
public record TestModel(int size, List<String> classes, long seed) {
  private static final Map<String, String> TINY =
      Map.of("block-config", "1,1", "growth-rate", "4", "initial-features", "8");

  /** Name that its versions are counted under. */
  public static final String NAME = "default";

  public static TestModel of(int size, String... classes) {
    return new TestModel(size, List.of(classes), 1);
  }

  TestModel seeded(long newSeed) {
    return new TestModel(size, classes, newSeed);
  }

  private NetworkSpec spec() {
    return new NetworkSpec("se-densenet-light", classes.size(), TINY);
  }

  /** Writes {@code model.pt} and {@code weights.safetensors}. */
  public Manifest write(Path directory) {
    Network network = Networks.create(spec());
    Random random = new Random(seed);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    network
        .stateDictSpecs()
        .forEach(
            (name, parameter) -> {
              float[] values = new float[Math.toIntExact(parameter.shape().size())];
              for (int i = 0; i < values.length; i++) {
                values[i] = name.endsWith("running_var") ? 1 : (float) random.nextGaussian() * 0.5f;
              }
              weights.put(name, new Tensor(parameter.shape().getShape(), values));
            });
    StateDict state = new StateDict(weights);
    Safetensors.write(state, directory.resolve(Checkpoint.WEIGHTS));
    TorchScript.write(network, state, Normalization.IMAGENET, directory.resolve(Checkpoint.MODEL));
    return draft();
  }

  /** A manifest to publish. */
  public Manifest draft() {
    return new Manifest(
        NAME,
        0,
        Instant.now(),
        spec(),
        classes,
        new Preprocessing(size, Resize.STRETCH, Normalization.IMAGENET),
        1,
        Map.of("test-accuracy", 0.5),
        List.of(),
        new Lineage("run", "test", 0, List.of(), 1, 1, "none", 1, Map.of(), "test"));
  }
}
