package io.ocellus.benchmarks.serve.contender;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.ocellus.inferencer.serving.OnnxNetwork;
import io.ocellus.network.Onnx;
import java.util.ArrayList;
import java.util.List;
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
    List<OnnxTensor> inputs = new ArrayList<>();
    for (int some : Tensors.portions(images, OnnxNetwork.AT_A_TIME)) {
      long[] shape = {some, 3, size, size};
      inputs.add(OnnxTensor.createTensor(environment, Tensors.images(some, size), shape));
    }
    return () -> inputs.forEach(input -> run(session, input));
  }

  private static void run(OrtSession session, OnnxTensor input) {
    try (OrtSession.Result result = session.run(Map.of(Onnx.IMAGES, input))) {
      result.get(0).getValue();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
