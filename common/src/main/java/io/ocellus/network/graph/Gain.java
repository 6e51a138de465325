package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * The product with one number that is learnt, {@code gamma}, and starts at 0, so that a branch
 * begins as if it were not there.
 */
public record Gain() implements Op {
  @Override
  public List<ParameterSpec> parameters() {
    return List.of(ParameterSpec.trained("gamma", Init.ZEROS, 1));
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).mul(parameters.get(0));
  }

  @Override
  public Autocast autocast() {
    return Autocast.FULL;
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.mul(%s, %s)".formatted(inputs.get(0), parameters.get(0));
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.output("Mul", inputs.get(0), parameters.get(0));
  }

  @Override
  public String label() {
    return "gain";
  }
}
