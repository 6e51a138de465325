package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Logits of a network, by its training block in evaluation mode by its deploy graph, and by ONNX
 * Runtime.
 */
final class Running {
  private Running() {}

  static float[] block(Network network, StateDict weights, float[] images, int size) {
    try (NDManager manager = NDManager.newBaseManager()) {
      GraphBlock block = new GraphBlock(network);
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, size, size));
      block.load(weights);
      return logits(block, manager, images, size);
    }
  }

  /** As an inferencer runs it: with one thread. */
  static float[] deployed(Path file, float[] images, int size) {
    oneThread();
    try (Model model = Model.newInstance("deployed", "PyTorch")) {
      model.load(file);
      return logits(model.getBlock(), model.getNDManager(), images, size);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of the calling thread, and of those that begin to compute later. */
  static void oneThread() {
    Engine.getInstance();
    JniUtils.setNumThreads(1);
  }

  static float[] onnx(Path file, float[] images, int size) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {images.length / (3L * size * size), 3, size, size};
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
        OrtSession.Result result = session.run(Map.of("images", input))) {
      FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[logits.remaining()];
      logits.get(values);
      return values;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Asserts that the deploy graph and ONNX compute what the training block does in evaluation mode,
   * and gives its logits.
   */
  static float[] everyWay(
      Network network, StateDict weights, float[] images, int size, Path folder) {
    Path file = folder.resolve("model.pt");
    TorchScript.write(network, weights, Normalization.NONE, file);
    assertThat(complaint(file)).isEmpty();
    Path onnx = folder.resolve("model.onnx");
    Onnx.write(network, weights, Normalization.NONE, size, Map.of(), onnx);

    float[] trained = block(network, weights, images, size);

    Logits.assertClose(deployed(file, images, size), trained, 1e-4);
    Logits.assertClose(onnx(onnx, images, size), trained, 1e-4);

    TorchScript.write(network, weights, Normalization.NONE, ElementType.BF16, file);
    Logits.assertClose(deployed(file, images, size), trained, 0.1);
    return trained;
  }

  private static Optional<String> complaint(Path deployed) {
    try {
      return DeployGraphCheck.complaint(deployed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] logits(Block block, NDManager manager, float[] images, int size) {
    Shape shape = new Shape(images.length / (3L * size * size), 3, size, size);
    try (NDArray input = manager.create(images, shape);
        NDArray output =
            block
                .forward(new ParameterStore(manager, false), new NDList(input), false)
                .singletonOrThrow()) {
      return output.toFloatArray();
    }
  }
}
