package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * The matrix product of two, {@code A B}, for each image.
 *
 * @param transposeLeft whether it is {@code A^T} instead of A
 * @param transposeRight whether it is {@code B^T} instead of B
 */
public record MatMul(boolean transposeLeft, boolean transposeRight) implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(
        inputs.get(0).get(transposeLeft ? 1 : 0), inputs.get(1).get(transposeRight ? 0 : 1));
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    try (NDArray left = oriented(inputs.get(0), transposeLeft);
        NDArray right = oriented(inputs.get(1), transposeRight)) {
      return left.batchMatMul(right);
    }
  }

  @Override
  public Autocast autocast() {
    return Autocast.LOWER;
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.matmul(%s, %s)"
        .formatted(oriented(inputs.get(0), transposeLeft), oriented(inputs.get(1), transposeRight));
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph.output(
        "MatMul",
        oriented(graph, inputs.get(0), transposeLeft),
        oriented(graph, inputs.get(1), transposeRight));
  }

  private static String oriented(OnnxGraph graph, String matrix, boolean transpose) {
    return transpose
        ? graph.node("Transpose", List.of(matrix)).integers("perm", 0, 2, 1).output()
        : matrix;
  }

  /** A view that may be closed by itself; a duplicate would have no gradient. */
  private static NDArray oriented(NDArray matrix, boolean transpose) {
    return transpose ? matrix.transpose(0, 2, 1) : matrix.reshape(matrix.getShape());
  }

  private static String oriented(String matrix, boolean transpose) {
    return transpose ? "torch.transpose(%s, 1, 2)".formatted(matrix) : matrix;
  }

  @Override
  public String label() {
    return "matrix product";
  }
}
