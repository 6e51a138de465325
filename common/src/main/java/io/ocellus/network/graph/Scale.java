package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * The product with a number that is not learnt.
 *
 * @param factor the number
 */
public record Scale(double factor) implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).mul(factor);
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.mul(%s, %s)".formatted(inputs.get(0), factor);
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.output("Mul", inputs.get(0), graph.floats(new long[0], (float) factor));
  }

  @Override
  public String label() {
    return "times " + factor;
  }
}
