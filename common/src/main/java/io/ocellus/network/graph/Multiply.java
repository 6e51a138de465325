package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * The product of two, element by element; each is repeated along dimensions where its extent is 1,
 * so a gate per channel or per pixel works.
 */
public record Multiply() implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return Broadcast.of(inputs);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).mul(inputs.get(1));
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.mul(%s, %s)".formatted(inputs.get(0), inputs.get(1));
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.output("Mul", inputs.get(0), inputs.get(1));
  }

  @Override
  public String label() {
    return "multiply";
  }
}
