package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * {@code exp(x_i) / sum_j exp(x_j)} along one dimension.
 *
 * @param dimension where the sum runs; 0 is the first after the batch
 */
public record Softmax(int dimension) implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).softmax(dimension + 1);
  }

  @Override
  public Autocast autocast() {
    return Autocast.FULL;
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.softmax(%s, %s)".formatted(inputs.get(0), dimension + 1);
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.node("Softmax", inputs).integer("axis", dimension + 1L).output();
  }

  @Override
  public String label() {
    return "softmax";
  }
}
