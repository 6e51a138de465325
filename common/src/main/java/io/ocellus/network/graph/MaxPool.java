package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * The greatest value of each square window.
 *
 * @param kernel height and width of the window
 * @param stride in both directions
 * @param padding on each side, never greater than what is there
 * @param ceil whether a last window that reaches beyond the end counts
 */
public record MaxPool(int kernel, int stride, int padding, boolean ceil) implements Op {

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
        .maxPool(
            new Shape(kernel, kernel),
            new Shape(stride, stride),
            new Shape(padding, padding),
            ceil);
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.max_pool2d(%s, [%s, %s], [%s, %s], [%s, %s], [1, 1], %s)"
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
    return graph
        .node("MaxPool", inputs)
        .integers("kernel_shape", kernel, kernel)
        .integers("strides", stride, stride)
        .integers("pads", padding, padding, behind(in.get(1)), behind(in.get(2)))
        .output();
  }

  /** Padding behind the last pixel, up to where the last window ends. */
  private long behind(long in) {
    return Math.max(padding, (extent(in) - 1) * stride + kernel - in - padding);
  }

  @Override
  public String label() {
    return "max pool %sx%s stride %s".formatted(kernel, kernel, stride);
  }
}
