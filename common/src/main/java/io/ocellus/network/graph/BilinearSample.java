package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * Maps read at points between pixels: each point takes its four neighbours, weighed by how near
 * they are, zeros beyond the edge (Jaderberg et al. 2015, equation 5). On arrays it is made of
 * operations whose gradients PyTorch knows, since DJL has no grid_sample.
 */
final class BilinearSample {
  private BilinearSample() {}

  /**
   * The maps' values at places between their pixels.
   *
   * @param x maps {@code (N, C, H, W)}
   * @param columns {@code (N, 1, P)}, where the picture reaches from -1 to 1
   * @param rows likewise
   * @param extent height and width of the result, which are P together
   */
  static NDArray at(NDArray x, NDArray columns, NDArray rows, Shape extent) {
    Shape shape = x.getShape();
    NDArray flat = x.reshape(shape.get(0), shape.get(1), -1);
    Shape points = new Shape(shape.get(0), shape.get(1), extent.size());
    Axis across = Axis.of(columns, shape.get(3));
    Axis down = Axis.of(rows, shape.get(2));
    NDArray sum = null;
    for (int dy = 0; dy <= 1; dy++) {
      for (int dx = 0; dx <= 1; dx++) {
        NDArray places = down.place(dy).mul(shape.get(3)).add(across.place(dx));
        NDArray index = places.toType(DataType.INT64, false).broadcast(points);
        NDArray part = flat.gather(index, 2).mul(across.weight(dx).mul(down.weight(dy)));
        sum = sum == null ? part : sum.add(part);
      }
    }
    return sum.reshape(shape.slice(0, 2).addAll(extent));
  }

  /** Columns, rows and ones of all pixels, where the picture reaches from -1 to 1. */
  static float[] pixels(long height, long width) {
    int count = Math.toIntExact(height * width);
    float[] grid = new float[3 * count];
    for (int i = 0; i < count; i++) {
      grid[i] = (2 * (i % width) + 1f) / width - 1;
      grid[count + i] = (2 * (i / width) + 1f) / height - 1;
      grid[2 * count + i] = 1;
    }
    return grid;
  }

  /**
   * The same in TorchScript, through affine windows {@code (N, 2, 3)}.
   *
   * @param like what has the size of the result
   */
  static String torchScript(String x, String windows, String like) {
    return "torch.grid_sampler(%s, torch.affine_grid_generator(%s, torch.size(%s), False), 0, 0, False)"
        .formatted(x, windows, like);
  }

  /**
   * The same in ONNX.
   *
   * @param points columns and rows, {@code (N, 2, P)}
   */
  static String onnx(OnnxGraph graph, String x, String points, Shape extent) {
    String pairs = graph.node("Transpose", List.of(points)).integers("perm", 0, 2, 1).output();
    String grid =
        graph.output("Reshape", pairs, graph.integers(-1, extent.get(0), extent.get(1), 2));
    return graph
        .node("GridSample", List.of(x, grid))
        .word("mode", "bilinear")
        .word("padding_mode", "zeros")
        .integer("align_corners", 0)
        .output();
  }

  /** One coordinate of all points: the pixel before it, and how far behind that it lies. */
  private record Axis(NDArray before, NDArray beyond, long extent) {
    static Axis of(NDArray coordinates, long extent) {
      NDArray pixels = coordinates.add(1).mul(extent / 2.0).sub(0.5);
      NDArray before = pixels.floor();
      return new Axis(before, pixels.sub(before), extent);
    }

    NDArray place(int step) {
      return before.add(step).clip(0, extent - 1);
    }

    NDArray weight(int step) {
      NDArray place = before.add(step);
      NDArray near = step == 0 ? beyond.mul(-1).add(1) : beyond;
      NDArray inside = place.gte(0).logicalAnd(place.lte(extent - 1));
      return near.mul(inside.toType(near.getDataType(), false));
    }
  }
}
