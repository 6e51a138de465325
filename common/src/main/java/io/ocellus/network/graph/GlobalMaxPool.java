package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/** The greatest value of each map: {@code (C, H, W)} to {@code (C)}. */
public record GlobalMaxPool() implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(inputs.get(0).get(0));
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).getNDArrayInternal().globalMaxPool();
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.amax(%s, [2, 3])".formatted(inputs.get(0));
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.node("ReduceMax", inputs).integers("axes", 2, 3).integer("keepdims", 0).output();
  }

  @Override
  public String label() {
    return "global max pool";
  }
}
