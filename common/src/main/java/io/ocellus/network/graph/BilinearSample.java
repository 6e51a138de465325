package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Maps read at points between pixels, from operations whose gradients PyTorch knows, since DJL has
 * no grid_sample: each point takes its four neighbours, weighed by how near they are, zeros beyond
 * the edge (Jaderberg et al. 2015, equation 5).
 */
final class BilinearSample {
  private BilinearSample() {}

  /**
   * The maps' values at places between their pixels.
   *
   * @param x maps {@code (N, C, H, W)}
   * @param columns {@code (N, 1, P)}, where the picture reaches from -1 to 1
   * @param rows likewise
   * @return {@code (N, C, H, W)}, where P is {@code H W}
   */
  static NDArray at(NDArray x, NDArray columns, NDArray rows) {
    Shape shape = x.getShape();
    NDArray flat = x.reshape(shape.get(0), shape.get(1), -1);
    Axis across = Axis.of(columns, shape.get(3));
    Axis down = Axis.of(rows, shape.get(2));
    NDArray sum = null;
    for (int dy = 0; dy <= 1; dy++) {
      for (int dx = 0; dx <= 1; dx++) {
        NDArray places = down.place(dy).mul(shape.get(3)).add(across.place(dx));
        NDArray index = places.toType(DataType.INT64, false).broadcast(flat.getShape());
        NDArray part = flat.gather(index, 2).mul(across.weight(dx).mul(down.weight(dy)));
        sum = sum == null ? part : sum.add(part);
      }
    }
    return sum.reshape(shape);
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
