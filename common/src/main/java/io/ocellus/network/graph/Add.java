package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/** The sum of two, element by element; extents of 1 are repeated. */
public record Add() implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return Broadcast.of(inputs);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).add(inputs.get(1));
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.add(%s, %s)".formatted(inputs.get(0), inputs.get(1));
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.output("Add", inputs.get(0), inputs.get(1));
  }

  @Override
  public String label() {
    return "add";
  }
}
