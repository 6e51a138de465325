package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;
import java.util.Optional;

/** {@code max(x, 0)}. */
public record Relu() implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).getNDArrayInternal().relu();
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.relu(%s)".formatted(inputs.get(0));
  }

  @Override
  public Optional<String> torchScriptInPlace(String input) {
    return Optional.of("torch.relu_(%s)".formatted(input));
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.output("Relu", inputs.get(0));
  }

  @Override
  public String label() {
    return "relu";
  }
}
