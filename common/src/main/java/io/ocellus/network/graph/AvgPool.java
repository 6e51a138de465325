package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
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
    return "torch.avg_pool2d(%s, [%d, %d], [%d, %d], [%d, %d], %s, True, None)"
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
  public String label() {
    return "avg pool %dx%d stride %d".formatted(kernel, kernel, stride);
  }
}
