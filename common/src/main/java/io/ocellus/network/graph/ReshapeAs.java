package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/** The numbers of the first input in the shape of the second. */
public record ReshapeAs() implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(1);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).reshape(inputs.get(1).getShape());
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.reshape_as(%s, %s)".formatted(inputs.get(0), inputs.get(1));
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.output("Reshape", inputs.get(0), graph.output("Shape", inputs.get(1)));
  }

  @Override
  public boolean givesNewMemory() {
    return false;
  }

  @Override
  public String label() {
    return "reshape";
  }
}
