package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * A range of the channels.
 *
 * @param from the first
 * @param to the one behind the last
 */
public record Slice(long from, long to) implements Op {
  public Slice {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("No channels from %s to %s".formatted(from, to));
    }
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(to - from).addAll(inputs.get(0).slice(1));
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).get(new NDIndex(":, {}:{}", from, to));
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.narrow(%s, 1, %s, %s)".formatted(inputs.get(0), from, to - from);
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.output(
        "Slice", inputs.get(0), graph.integers(from), graph.integers(to), graph.integers(1));
  }

  @Override
  public boolean givesNewMemory() {
    return false;
  }

  @Override
  public String label() {
    return "channels %s to %s".formatted(from, to - 1);
  }
}
