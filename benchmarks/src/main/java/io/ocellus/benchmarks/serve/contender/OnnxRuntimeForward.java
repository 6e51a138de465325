package io.ocellus.benchmarks.serve.contender;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.ocellus.network.Onnx;
import java.util.Map;

/** The same network and weights as the inferencer runs them on ONNX Runtime, a thread to a pass. */
final class OnnxRuntimeForward {
  private OnnxRuntimeForward() {}

  static Contender contender(Task task) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OrtSession session = environment.createSession(task.onnx().toString(), options);
      return new ForwardPasses(
          Runtimes.of("ONNX Runtime " + environment.getVersion()),
          session,
          task,
          images -> pass(environment, session, images, task.size()));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Runnable pass(OrtEnvironment environment, OrtSession session, int images, int size)
      throws OrtException {
    long[] shape = {images, 3, size, size};
    OnnxTensor input = OnnxTensor.createTensor(environment, Tensors.images(images, size), shape);
    return () -> {
      try (OrtSession.Result result = session.run(Map.of(Onnx.IMAGES, input))) {
        result.get(0).getValue();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    };
  }
}
