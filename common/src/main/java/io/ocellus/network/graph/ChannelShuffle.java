package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * The channels in another order: the first of each group, then the second of each, and so on
 * (ShuffleNet, Zhang et al. 2018, figure 1): {@code torch.channel_shuffle}.
 *
 * @param groups of neighbouring channels, equally many in each
 */
public record ChannelShuffle(int groups) implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    Shape shape = inputs.get(0).getShape();
    long each = shape.get(1) / groups;
    try (NDArray grouped =
            inputs.get(0).reshape(shape.get(0), groups, each, shape.get(2), shape.get(3));
        NDArray dealt = grouped.transpose(0, 2, 1, 3, 4)) {
      return dealt.reshape(shape);
    }
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.channel_shuffle(%s, %s)".formatted(inputs.get(0), groups);
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    Shape in = graph.shape(inputs.get(0));
    long each = in.get(0) / groups;
    String grouped =
        graph.output(
            "Reshape", inputs.get(0), graph.integers(0, groups, each, in.get(1), in.get(2)));
    String dealt =
        graph.node("Transpose", List.of(grouped)).integers("perm", 0, 2, 1, 3, 4).output();
    return graph.output("Reshape", dealt, graph.integers(0, in.get(0), in.get(1), in.get(2)));
  }

  @Override
  public String label() {
    return "shuffle %s groups".formatted(groups);
  }
}
