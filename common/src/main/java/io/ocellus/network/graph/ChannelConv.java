package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * A convolution along the channels of a vector, with one kernel for all of them and zeros beyond
 * the ends: {@code torch.nn.Conv1d(1, 1, kernel)} of {@code (C)} to {@code (C)}.
 *
 * @param kernel how many neighbouring channels it sees; odd
 */
public record ChannelConv(int kernel) implements Op {
  public ChannelConv {
    if (kernel < 1 || kernel % 2 == 0) {
      throw new IllegalArgumentException("The kernel must be odd, not " + kernel);
    }
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(ParameterSpec.trained("weight", Init.LINEAR_UNIFORM, 1, 1, kernel));
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    NDArray x = inputs.get(0);
    try (NDArray row = x.expandDims(1);
        NDArray convolved =
            row.getNDArrayInternal()
                .convolution(
                    row,
                    parameters.get(0),
                    null,
                    new Shape(1),
                    new Shape(kernel / 2),
                    new Shape(1),
                    1)
                .singletonOrThrow()) {
      return convolved.squeeze(1);
    }
  }

  @Override
  public Autocast autocast() {
    return Autocast.LOWER;
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.squeeze(torch.conv1d(torch.unsqueeze(%s, 1), %s, None, [1], [%s], [1], 1), 1)"
        .formatted(inputs.get(0), parameters.get(0), kernel / 2);
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    String row = graph.output("Unsqueeze", inputs.get(0), graph.integers(1));
    String convolved =
        graph
            .node("Conv", OnnxGraph.joined(List.of(row), parameters))
            .integers("kernel_shape", kernel)
            .integers("pads", kernel / 2, kernel / 2)
            .output();
    return graph.output("Squeeze", convolved, graph.integers(1));
  }

  @Override
  public long multiplyAdds(Shape output) {
    return output.size() * kernel;
  }

  @Override
  public String label() {
    return "conv along %s channels".formatted(kernel);
  }
}
