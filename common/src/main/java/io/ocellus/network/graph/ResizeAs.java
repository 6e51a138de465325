package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * The maps of the first input in the extent of the second's, between pixels linearly, corners on
 * corners: {@code torch.nn.UpsamplingBilinear2d}.
 */
public record ResizeAs() implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(inputs.get(0).get(0)).addAll(inputs.get(1).slice(1));
  }

  /** By a matrix along each axis: DJL's interpolate puts corners elsewhere, whatever it is told. */
  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    NDArray x = inputs.get(0);
    Shape from = x.getShape();
    Shape to = inputs.get(1).getShape();
    try (NDArray down = weights(x, from.get(2), to.get(2));
        NDArray across = weights(x, from.get(3), to.get(3));
        NDArray acrossColumns = across.transpose();
        NDArray wide = x.matMul(acrossColumns)) {
      return down.matMul(wide);
    }
  }

  /** {@code (to, from)}: what each new pixel takes of the old ones. */
  private static NDArray weights(NDArray like, long from, long to) {
    float[] weights = new float[Math.toIntExact(from * to)];
    for (int pixel = 0; pixel < to; pixel++) {
      double place = to == 1 ? 0 : (double) pixel * (double) (from - 1) / (double) (to - 1);
      int before = (int) Math.min(place, (double) Math.max(0, from - 2));
      int row = Math.toIntExact(pixel * from);
      weights[row + before] = (float) (1 - (place - before));
      if (from > 1) {
        weights[row + before + 1] = (float) (place - before);
      }
    }
    NDArray matrix = like.getManager().create(weights, new Shape(to, from));
    return matrix.toType(like.getDataType(), false);
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    String other = inputs.get(1);
    return "torch.upsample_bilinear2d(%s, [torch.size(%s, 2), torch.size(%s, 3)], True)"
        .formatted(inputs.get(0), other, other);
  }

  /**
   * By scales that are half a pixel too large, since lengths are rounded down. Maps of one pixel
   * are repeated: ONNX Runtime does that to maps whose channels lie in blocks, too.
   */
  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    Shape from = graph.shape(inputs.get(0));
    Shape to = graph.shape(inputs.get(1));
    if (from.slice(1).equals(new Shape(1, 1))) {
      float[] times = {1, 1, to.get(1), to.get(2)};
      return graph
          .node("Resize", List.of(inputs.get(0), "", graph.floats(new long[] {4}, times)))
          .word("mode", "nearest")
          .word("coordinate_transformation_mode", "asymmetric")
          .word("nearest_mode", "floor")
          .output();
    }
    float[] scales = {1, 1, scale(from.get(1), to.get(1)), scale(from.get(2), to.get(2))};
    return graph
        .node("Resize", List.of(inputs.get(0), "", graph.floats(new long[] {4}, scales)))
        .word("mode", "linear")
        .word("coordinate_transformation_mode", "align_corners")
        .output();
  }

  private static float scale(long from, long to) {
    return (to + 0.5f) / from;
  }

  @Override
  public String label() {
    return "resize";
  }
}
