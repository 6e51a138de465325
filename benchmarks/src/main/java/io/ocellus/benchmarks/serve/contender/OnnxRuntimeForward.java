package io.ocellus.benchmarks.serve.contender;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.Map;

/**
 * The same network, weights, batch and threads in ONNX Runtime, with all its optimisations; a
 * thread to a pass, as the inferencer has it.
 */
final class OnnxRuntimeForward {
  /** What the project's ONNX files call their input. */
  private static final String IMAGES = "images";

  private OnnxRuntimeForward() {}

  static Contender contender(Task task) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
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
      try (OrtSession.Result result = session.run(Map.of(IMAGES, input))) {
        result.get(0).getValue();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    };
  }
}
