package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * A window of the first input, in the extent of the second, around the column and the row that are
 * the third, where the picture reaches from -1 to 1. Where its pixels lie between the picture's, it
 * takes from those linearly.
 *
 * @param zoom how often the window goes into the height and into the width of the picture
 */
public record Window(int zoom) implements Op {
  private double share() {
    return 1.0 / zoom;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(inputs.get(0).get(0)).addAll(inputs.get(1).slice(1));
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    NDArray x = inputs.get(0);
    NDArray centre = inputs.get(2);
    NDManager outside = x.getManager();
    try (NDManager scratch = outside.newSubManager()) {
      x.tempAttach(scratch);
      centre.tempAttach(scratch);
      Shape extent = inputs.get(1).getShape().slice(2);
      NDArray pixels =
          scratch
              .create(BilinearSample.pixels(extent.get(0), extent.get(1)))
              .reshape(1, 3, -1)
              .toType(x.getDataType(), false)
              .get(":, 0:2");
      NDArray points = pixels.mul(share()).add(centre.expandDims(2));
      NDArray seen = BilinearSample.at(x, points.get(":, 0:1"), points.get(":, 1:2"), extent);
      seen.attach(outside);
      return seen;
    }
  }

  @Override
  public Autocast autocast() {
    return Autocast.FULL;
  }

  /** The window as affine: a diagonal of the share, which is two zeros between two of it. */
  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    String centre = inputs.get(2);
    String diagonal =
        "torch.reshape(torch.constant_pad_nd(torch.mul(%s, 0), [1, 1], %s), [-1, 2, 2])"
            .formatted(centre, share());
    String window = "torch.cat([%s, torch.unsqueeze(%s, 2)], 2)".formatted(diagonal, centre);
    return BilinearSample.torchScript(inputs.get(0), window, inputs.get(1));
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    Shape extent = graph.shape(inputs.get(1)).slice(1);
    graph.reserve(5 * extent.size());
    float[] pixels = BilinearSample.pixels(extent.get(0), extent.get(1));
    float[] shared = new float[Math.toIntExact(2 * extent.size())];
    for (int i = 0; i < shared.length; i++) {
      shared[i] = (float) (pixels[i] * share());
    }
    String centre = graph.output("Reshape", inputs.get(2), graph.integers(-1, 2, 1));
    String points =
        graph.output("Add", centre, graph.floats(new long[] {2, extent.size()}, shared));
    return BilinearSample.onnx(graph, inputs.get(0), points, extent);
  }

  @Override
  public String label() {
    return "window 1/" + zoom;
  }
}
