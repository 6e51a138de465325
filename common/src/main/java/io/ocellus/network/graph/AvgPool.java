package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * The mean of each square window.
 *
 * @param kernel height and width of the window
 * @param stride in both directions
 * @param padding zeros on each side, which count
 * @param ceil whether a last window that reaches beyond the end counts, as the mean of what it has
 */
public record AvgPool(int kernel, int stride, int padding, boolean ceil) implements Op {

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape in = inputs.get(0);
    return new Shape(in.get(0), extent(in.get(1)), extent(in.get(2)));
  }

  private long extent(long in) {
    return Windows.count(in, kernel, stride, padding, ceil);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs
        .get(0)
        .getNDArrayInternal()
        .avgPool(
            new Shape(kernel, kernel),
            new Shape(stride, stride),
            new Shape(padding, padding),
            ceil,
            true);
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.avg_pool2d(%s, [%s, %s], [%s, %s], [%s, %s], %s, True, None)"
        .formatted(
            inputs.get(0),
            kernel,
            kernel,
            stride,
            stride,
            padding,
            padding,
            ceil ? "True" : "False");
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    Shape in = graph.shape(inputs.get(0));
    boolean beyond = ceil && Math.max(reachBeyond(in.get(1)), reachBeyond(in.get(2))) > 0;
    if (beyond) {
      return new OnnxMeans(pixels -> (int) extent(pixels), this::window)
          .write(graph, inputs.get(0));
    }
    return graph
        .node("AveragePool", inputs)
        .integers("kernel_shape", kernel, kernel)
        .integers("strides", stride, stride)
        .integers("pads", padding, padding, padding, padding)
        .integer("count_include_pad", 1)
        .output();
  }

  /** By how many pixels the last window reaches beyond the padding. */
  private long reachBeyond(long in) {
    return (extent(in) - 1) * stride + kernel - in - 2L * padding;
  }

  private OnnxMeans.Range window(int mean, int pixels) {
    int from = mean * stride - padding;
    int to = Math.min(from + kernel, pixels + padding);
    return new OnnxMeans.Range(Math.max(0, from), Math.min(to, pixels), to - from);
  }

  @Override
  public String label() {
    return "avg pool %sx%s stride %s".formatted(kernel, kernel, stride);
  }
}
