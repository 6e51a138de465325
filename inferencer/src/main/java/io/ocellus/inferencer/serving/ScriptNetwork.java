package io.ocellus.inferencer.serving;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.Refusal;
import io.ocellus.checkpoint.RefusedCheckpointException;
import io.ocellus.network.DeployGraphCheck;
import io.ocellus.network.Network;
import io.ocellus.network.Networks;
import io.ocellus.network.Safetensors;
import io.ocellus.network.TorchScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The deploy graph of a checkpoint: a TorchScript archive that takes a float NCHW batch in [0,1]
 * RGB and gives logits. All that a forward pass allocates is freed when it ends.
 */
public final class ScriptNetwork implements LoadedNetwork {
  /** On a CPU; more are not faster there, and take memory. */
  public static final int AT_A_TIME = 8;

  private static final String ENGINE = "PyTorch";

  private final Model model;
  private final int size;
  private final Precision precision;

  private ScriptNetwork(Model model, int size, Precision precision) {
    this.model = model;
    this.size = size;
    this.precision = precision;
  }

  /**
   * Loads {@code model.pt} of a checkpoint; the file is not needed afterwards.
   *
   * @throws RefusedCheckpointException where its graph is not one that this product writes, and
   *     nobody trusted has signed it
   */
  public static ScriptNetwork load(Checkpoint checkpoint, Device device)
      throws IOException, MalformedModelException {
    refuseForeign(checkpoint);
    Path graph = checkpoint.file(Checkpoint.MODEL);
    return load(checkpoint.manifest(), graph, device, Precision.FLOAT32);
  }

  /**
   * Makes the graph here in that precision, of the weights and of the network that the manifest
   * names, and loads it; neither the checkpoint's files nor this one are needed afterwards.
   *
   * @param scratch folder for the graph's file, which is gone when this returns
   * @throws IllegalArgumentException where this build has no such network, or the weights are not
   *     its
   */
  public static ScriptNetwork make(
      Checkpoint checkpoint, Device device, Precision precision, Path scratch)
      throws IOException, MalformedModelException {
    Manifest manifest = checkpoint.manifest();
    Path weights = checkpoint.file(Checkpoint.WEIGHTS);
    Network network = Networks.create(manifest.network(), weights);
    network.checkMaps(manifest.preprocessing().size());
    Path graph = Files.createTempFile(Files.createDirectories(scratch), "graph-", ".pt");
    try {
      TorchScript.write(
          network,
          Safetensors.read(weights),
          manifest.preprocessing().normalization(),
          precision.type(),
          graph);
      return load(manifest, graph, device, precision);
    } finally {
      Files.delete(graph);
    }
  }

  private static ScriptNetwork load(
      Manifest manifest, Path graph, Device device, Precision precision)
      throws IOException, MalformedModelException {
    SingleThreaded.here();
    Model model = Model.newInstance(manifest.model(), device, ENGINE);
    try {
      model.load(graph.toAbsolutePath().getParent(), graph.getFileName().toString());
      return new ScriptNetwork(model, manifest.preprocessing().size(), precision);
    } catch (IOException | MalformedModelException | RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  /** TorchScript is code: only ours runs, or that of somebody trusted. */
  private static void refuseForeign(Checkpoint checkpoint) throws IOException {
    if (checkpoint.isTrusted()) {
      return;
    }
    Optional<String> complaint = DeployGraphCheck.complaint(checkpoint.file(Checkpoint.MODEL));
    if (complaint.isPresent()) {
      Manifest manifest = checkpoint.manifest();
      throw new RefusedCheckpointException(
          new Refusal(
              manifest.model(),
              manifest.version(),
              Refusal.Reason.FOREIGN_GRAPH,
              "%s: %s; such a graph must be signed by a key of checkpoints.public-keys"
                  .formatted(Checkpoint.MODEL, complaint.get())));
    }
  }

  @Override
  public float[][] logits(List<byte[]> images) {
    SingleThreaded.here();
    Shape shape = new Shape(images.size(), 3, size, size);
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDArray batch = manager.create(ImageBatch.of(images), shape, DataType.FLOAT32);
      NDArray logits =
          model
              .getBlock()
              .forward(new ParameterStore(manager, false), new NDList(batch), false)
              .singletonOrThrow();
      return rows(logits.toFloatArray(), images.size());
    }
  }

  @Override
  public int atATime() {
    return sideBySide() ? AT_A_TIME : Integer.MAX_VALUE;
  }

  @Override
  public boolean sideBySide() {
    return !model.getNDManager().getDevice().isGpu();
  }

  @Override
  public String engine() {
    String version = "PyTorch " + Engine.getEngine(ENGINE).getVersion();
    return precision == Precision.FLOAT32 ? version : version + " in bfloat16";
  }

  @Override
  public void close() {
    model.close();
  }

  private static float[][] rows(float[] values, int rows) {
    int columns = values.length / rows;
    float[][] result = new float[rows][columns];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * columns, result[row], 0, columns);
    }
    return result;
  }
}
