package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * The maps of the first input, of one pixel each, repeated in the extent of the second's: {@code
 * torch.Tensor.expand_as}.
 */
public record ExpandAs() implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(1);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).broadcast(inputs.get(1).getShape());
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.expand_as(%s, %s)".formatted(inputs.get(0), inputs.get(1));
  }

  @Override
  public boolean givesNewMemory() {
    return false;
  }

  /** As an enlargement: ONNX Runtime has that for maps whose channels lie in blocks. */
  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    Shape to = graph.shape(inputs.get(1));
    float[] scales = {1, 1, to.get(1), to.get(2)};
    return graph
        .node("Resize", List.of(inputs.get(0), "", graph.floats(new long[] {4}, scales)))
        .word("mode", "nearest")
        .word("coordinate_transformation_mode", "asymmetric")
        .word("nearest_mode", "floor")
        .output();
  }

  @Override
  public String label() {
    return "expand";
  }
}
