package io.ocellus.benchmarks.serve.contender;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.inferencer.serving.ScriptNetwork;
import io.ocellus.inferencer.serving.SingleThreaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@code model.pt} as the inferencer runs it on PyTorch, a thread to a pass. */
final class PyTorchForward {
  private PyTorchForward() {}

  /**
   * @param folder of the {@code model.pt}
   */
  static Contender contender(Task task, Path folder) {
    Model model = Model.newInstance("deploy", Device.cpu(), "PyTorch");
    try {
      model.load(folder, Checkpoint.MODEL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedModelException e) {
      throw new IllegalStateException(e);
    }
    return new ForwardPasses(
        Runtimes.pytorch(), model, task, images -> pass(model, images, task.size()));
  }

  private static Runnable pass(Model model, int images, int size) {
    SingleThreaded.here();
    ParameterStore store = new ParameterStore(model.getNDManager(), false);
    List<NDList> inputs = new ArrayList<>();
    for (int some : Tensors.portions(images, ScriptNetwork.AT_A_TIME)) {
      Shape shape = new Shape(some, 3, size, size);
      inputs.add(new NDList(model.getNDManager().create(Tensors.images(some, size), shape)));
    }
    return () -> inputs.forEach(input -> run(model, store, input));
  }

  private static void run(Model model, ParameterStore store, NDList input) {
    try (NDList logits = model.getBlock().forward(store, input, false)) {
      logits.singletonOrThrow().toFloatArray();
    }
  }
}
