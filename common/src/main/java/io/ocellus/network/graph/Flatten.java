package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/** Maps as one vector: {@code (C, H, W)} to {@code (CHW)}. */
public record Flatten() implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(inputs.get(0).size());
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    NDArray x = inputs.get(0);
    return x.reshape(x.getShape().get(0), -1);
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.flatten(%s, 1)".formatted(inputs.get(0));
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.node("Flatten", inputs).integer("axis", 1).output();
  }

  @Override
  public boolean givesNewMemory() {
    return false;
  }

  @Override
  public String label() {
    return "flatten";
  }
}
