package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fully connected layer, {@code x W^T + b}: {@code torch.nn.Linear}.
 *
 * @param inputs the extent of the input
 * @param outputs the extent of the output
 * @param bias whether there is {@code b}
 * @param init how W starts
 */
public record Linear(long inputs, long outputs, boolean bias, Init init) implements Op {
  public Linear(long inputs, long outputs, boolean bias) {
    this(inputs, outputs, bias, Init.LINEAR_UNIFORM);
  }

  /** The same for maps of one pixel. */
  public Conv asPointwise() {
    return new Conv(inputs, outputs, 1, 1, 0, 1, 1, bias);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return Stream.of(
            ParameterSpec.trained("weight", init, outputs, inputs),
            ParameterSpec.trained("bias", Init.ZEROS, outputs))
        .limit(bias ? 2 : 1)
        .toList();
  }

  @Override
  public Shape shape(List<Shape> in) {
    return new Shape(outputs);
  }

  @Override
  public NDArray run(List<NDArray> in, List<NDArray> parameters, boolean training) {
    NDArray x = in.get(0);
    return x.getNDArrayInternal()
        .linear(x, parameters.get(0), bias ? parameters.get(1) : null)
        .singletonOrThrow();
  }

  @Override
  public Autocast autocast() {
    return Autocast.LOWER;
  }

  @Override
  public String torchScript(List<String> in, List<String> parameters) {
    return "torch.linear(%s, %s, %s)"
        .formatted(in.get(0), parameters.get(0), bias ? parameters.get(1) : "None");
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> in, List<String> parameters) {
    return graph.node("Gemm", OnnxGraph.joined(in, parameters)).integer("transB", 1).output();
  }

  @Override
  public long multiplyAdds(Shape output) {
    return inputs * outputs;
  }

  @Override
  public String label() {
    return "linear";
  }
}
