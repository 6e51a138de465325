package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The same numbers in another shape.
 *
 * @param extents of the output without the batch; one may be -1, which is whatever is left
 */
public record Reshape(List<Long> extents) implements Op {
  public Reshape {
    extents = List.copyOf(extents);
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    long left = inputs.get(0).size();
    for (long extent : extents) {
      left /= Math.max(1, extent);
    }
    long rest = left;
    return new Shape(extents.stream().mapToLong(extent -> extent == -1 ? rest : extent).toArray());
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    long[] shape =
        LongStream.concat(
                LongStream.of(inputs.get(0).getShape().get(0)),
                extents.stream().mapToLong(Long::longValue))
            .toArray();
    return inputs.get(0).reshape(shape);
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.reshape(%s, [torch.size(%s, 0), %s])"
        .formatted(
            inputs.get(0),
            inputs.get(0),
            extents.stream().map(Object::toString).collect(Collectors.joining(", ")));
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    long[] shape =
        LongStream.concat(LongStream.of(0), extents.stream().mapToLong(Long::longValue)).toArray();
    return graph.output("Reshape", inputs.get(0), graph.integers(shape));
  }

  @Override
  public boolean givesNewMemory() {
    return false;
  }

  @Override
  public String label() {
    return "reshape";
  }
}
