package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/** The mean over the channels at each pixel: {@code (C, H, W)} to {@code (1, H, W)}. */
public record ChannelMean() implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(1).addAll(inputs.get(0).slice(1));
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).mean(new int[] {1}, true);
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.mean(%s, [1], True)".formatted(inputs.get(0));
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.node("ReduceMean", inputs).integers("axes", 1).integer("keepdims", 1).output();
  }

  @Override
  public String label() {
    return "channel mean";
  }
}
