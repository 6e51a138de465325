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
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The deploy graph of a checkpoint: a TorchScript archive that takes a float NCHW batch in [0,1]
 * RGB and gives logits. All that a forward pass allocates is freed when it ends.
 */
public final class ScriptNetwork implements LoadedNetwork {
  private static final String ENGINE = "PyTorch";

  private final Model model;
  private final int size;

  private ScriptNetwork(Model model, int size) {
    this.model = model;
    this.size = size;
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
    SingleThreaded.here();
    Model model = Model.newInstance(checkpoint.manifest().model(), device, ENGINE);
    try {
      model.load(checkpoint.directory(), Checkpoint.MODEL);
      return new ScriptNetwork(model, checkpoint.manifest().preprocessing().size());
    } catch (IOException | MalformedModelException | RuntimeException e) {
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
  public boolean sideBySide() {
    return !model.getNDManager().getDevice().isGpu();
  }

  @Override
  public String engine() {
    return "PyTorch " + Engine.getEngine(ENGINE).getVersion();
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
