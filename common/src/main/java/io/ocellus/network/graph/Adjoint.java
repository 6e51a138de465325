package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * What a slope by the outputs of a layer is by its inputs, {@code x W}. It stands under the name of
 * that layer, whose weight it shares: a linear layer or a 1x1 convolution.
 *
 * @param weight that layer's, outputs first
 */
public record Adjoint(ParameterSpec weight) implements Op {
  private long outputs() {
    return weight.shape().get(0);
  }

  private long inputs() {
    return weight.shape().size() / outputs();
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(weight);
  }

  @Override
  public Shape shape(List<Shape> in) {
    return new Shape(inputs());
  }

  @Override
  public NDArray run(List<NDArray> in, List<NDArray> parameters, boolean training) {
    try (NDArray matrix = parameters.get(0).reshape(outputs(), inputs())) {
      return in.get(0).matMul(matrix);
    }
  }

  @Override
  public Autocast autocast() {
    return Autocast.LOWER;
  }

  @Override
  public String torchScript(List<String> in, List<String> parameters) {
    return "torch.matmul(%s, torch.reshape(%s, [%s, %s]))"
        .formatted(in.get(0), parameters.get(0), outputs(), inputs());
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> in, List<String> parameters) {
    String matrix = graph.output("Reshape", parameters.get(0), graph.integers(outputs(), inputs()));
    return graph.output("MatMul", in.get(0), matrix);
  }

  @Override
  public long multiplyAdds(Shape output) {
    return weight.shape().size();
  }

  @Override
  public String label() {
    return "adjoint";
  }
}
