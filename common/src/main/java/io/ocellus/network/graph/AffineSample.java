package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * Looks at the maps of the first input through an affine window: {@code
 * torch.nn.functional.affine_grid} and {@code grid_sample}, between pixels linearly, zeros outside
 * (Jaderberg et al. 2015, equations 1 and 5). The window's six numbers are the second input and
 * {@code theta}, which is learnt and starts as the whole picture, {@code (1, 0, 0; 0, 1, 0)}.
 */
public record AffineSample() implements Op {
  @Override
  public List<ParameterSpec> parameters() {
    return List.of(ParameterSpec.trained("theta", Init.WHOLE_PICTURE, 6));
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    NDArray x = inputs.get(0);
    NDArray window = inputs.get(1);
    NDManager outside = x.getManager();
    try (NDManager scratch = outside.newSubManager()) {
      x.tempAttach(scratch);
      window.tempAttach(scratch);
      Shape extent = x.getShape();
      NDArray pixels =
          scratch
              .create(BilinearSample.pixels(extent.get(2), extent.get(3)))
              .reshape(1, 3, -1)
              .toType(x.getDataType(), false);
      NDArray points = window.add(parameters.get(0)).reshape(-1, 2, 3).matMul(pixels);
      NDArray sampled =
          BilinearSample.at(x, points.get(":, 0:1"), points.get(":, 1:2"), extent.slice(2));
      sampled.attach(outside);
      return sampled;
    }
  }

  @Override
  public Autocast autocast() {
    return Autocast.FULL;
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    String x = inputs.get(0);
    String window =
        "torch.reshape(torch.add(%s, %s), [-1, 2, 3])".formatted(inputs.get(1), parameters.get(0));
    return BilinearSample.torchScript(x, window, x);
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    Shape extent = graph.shape(inputs.get(0)).slice(1);
    graph.reserve(3 * extent.size());
    String window =
        graph.output(
            "Reshape",
            graph.output("Add", inputs.get(1), parameters.get(0)),
            graph.integers(-1, 2, 3));
    String pixels =
        graph.floats(
            new long[] {3, extent.size()}, BilinearSample.pixels(extent.get(0), extent.get(1)));
    return BilinearSample.onnx(
        graph, inputs.get(0), graph.output("MatMul", window, pixels), extent);
  }

  @Override
  public String label() {
    return "affine sample";
  }
}
