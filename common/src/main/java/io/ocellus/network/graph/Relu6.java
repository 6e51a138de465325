package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;
import java.util.Optional;

/** {@code min(max(x, 0), 6)}: {@code torch.nn.ReLU6}. */
public record Relu6() implements Op {
  private static final int MOST = 6;

  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).clip(0, MOST);
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.hardtanh(%s, 0, %s)".formatted(inputs.get(0), MOST);
  }

  @Override
  public Optional<String> torchScriptInPlace(String input) {
    return Optional.of("torch.hardtanh_(%s, 0, %s)".formatted(input, MOST));
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.output(
        "Clip", inputs.get(0), graph.floats(new long[0], 0), graph.floats(new long[0], MOST));
  }

  @Override
  public String label() {
    return "relu6";
  }
}
