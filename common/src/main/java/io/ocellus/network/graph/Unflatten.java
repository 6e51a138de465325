package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * A vector as maps of one pixel each: {@code (C)} to {@code (C, 1, 1)}.
 *
 * @param channels of input and output
 */
public record Unflatten(long channels) implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(channels, 1, 1);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).reshape(-1, channels, 1, 1);
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.reshape(%s, [-1, %s, 1, 1])".formatted(inputs.get(0), channels);
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.output("Reshape", inputs.get(0), graph.integers(-1, channels, 1, 1));
  }

  @Override
  public boolean givesNewMemory() {
    return false;
  }

  @Override
  public String label() {
    return "unflatten";
  }
}
