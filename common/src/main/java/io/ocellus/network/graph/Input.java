package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * The images that come in, normalised.
 *
 * @param channels 3 for RGB
 */
public record Input(int channels) implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0);
  }

  @Override
  public Autocast autocast() {
    return Autocast.FULL;
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return inputs.get(0);
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return inputs.get(0);
  }

  @Override
  public String label() {
    return "input";
  }
}
