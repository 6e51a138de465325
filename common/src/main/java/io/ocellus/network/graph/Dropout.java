package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * Zeroes elements by chance while training and scales the rest up; does nothing in evaluation mode.
 *
 * @param rate the probability of a zero
 */
public record Dropout(float rate) implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    NDArray x = inputs.get(0);
    return x.getNDArrayInternal().dropout(x, rate, training).singletonOrThrow();
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
  public boolean givesNewMemory() {
    return false;
  }

  @Override
  public String label() {
    return "dropout " + rate;
  }
}
