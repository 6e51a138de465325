package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * Maps of zeros before and behind what is there.
 *
 * @param before how many come first
 * @param after how many come last
 */
public record PadChannels(long before, long after) implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    Shape in = inputs.get(0);
    return new Shape(before + in.get(0) + after).addAll(in.slice(1));
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs.get(0).pad(new Shape(0, 0, 0, 0, before, after), 0);
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.constant_pad_nd(%s, [0, 0, 0, 0, %s, %s], 0)"
        .formatted(inputs.get(0), before, after);
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.output("Pad", inputs.get(0), graph.integers(0, before, 0, 0, 0, after, 0, 0));
  }

  @Override
  public String label() {
    return "pad channels";
  }
}
