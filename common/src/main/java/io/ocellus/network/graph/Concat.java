package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/** Puts maps of equal extent one after the other along the channels. */
public record Concat() implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    Shape first = inputs.get(0);
    long channels = inputs.stream().mapToLong(shape -> shape.get(0)).sum();
    return new Shape(channels).addAll(first.slice(1));
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return NDArrays.concat(new NDList(inputs), 1);
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.cat([%s], 1)".formatted(String.join(", ", inputs));
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.node("Concat", inputs).integer("axis", 1).output();
  }

  @Override
  public String label() {
    return "concat";
  }
}
