package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * The mean of each square window, without padding.
 *
 * @param kernel height and width of the window
 * @param stride in both directions
 */
public record AvgPool(int kernel, int stride) implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    Shape in = inputs.get(0);
    return new Shape(in.get(0), extent(in.get(1)), extent(in.get(2)));
  }

  private long extent(long in) {
    return (in - kernel) / stride + 1;
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return inputs
        .get(0)
        .getNDArrayInternal()
        .avgPool(
            new Shape(kernel, kernel), new Shape(stride, stride), new Shape(0, 0), false, true);
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.avg_pool2d(%s, [%d, %d], [%d, %d], [0, 0], False, True, None)"
        .formatted(inputs.get(0), kernel, kernel, stride, stride);
  }

  @Override
  public String label() {
    return "avg pool %dx%d stride %d".formatted(kernel, kernel, stride);
  }
}
