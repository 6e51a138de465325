package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * Where the greatest value of one square map lies: its column and its row, from -1 for the first to
 * 1 for the last. A hard choice, which no gradient goes through.
 *
 * @param extent height and width of the map, at least 2
 */
public record Peak(int extent) implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(2);
  }

  private double step() {
    return 2.0 / (extent - 1);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    NDArray map = inputs.get(0);
    NDManager outside = map.getManager();
    try (NDManager scratch = outside.newSubManager()) {
      map.tempAttach(scratch);
      NDArray column = map.max(new int[] {2}).argMax(2);
      NDArray row = map.max(new int[] {3}).argMax(2);
      NDArray place = NDArrays.concat(new NDList(column, row), 1).toType(map.getDataType(), false);
      NDArray centred = place.mul(step()).sub(1);
      centred.attach(outside);
      return centred;
    }
  }

  @Override
  public Autocast autocast() {
    return Autocast.FULL;
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    String map = inputs.get(0);
    String place =
        "torch.cat([torch.argmax(torch.amax(%s, [2]), 2), torch.argmax(torch.amax(%s, [3]), 2)], 1)"
            .formatted(map, map);
    return "torch.sub(torch.mul(torch.type_as(%s, %s), %s), 1)".formatted(place, map, step());
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    String place =
        graph
            .node("Concat", List.of(greatest(graph, inputs, 2), greatest(graph, inputs, 3)))
            .integer("axis", 1)
            .output();
    String number = graph.node("Cast", List.of(place)).integer("to", 1).output();
    String scaled = graph.output("Mul", number, graph.floats(new long[0], (float) step()));
    return graph.output("Sub", scaled, graph.floats(new long[0], 1));
  }

  private static String greatest(OnnxGraph graph, List<String> map, int across) {
    String most =
        graph.node("ReduceMax", map).integers("axes", across).integer("keepdims", 0).output();
    return graph.node("ArgMax", List.of(most)).integer("axis", 2).integer("keepdims", 0).output();
  }

  @Override
  public boolean passesGradient() {
    return false;
  }

  @Override
  public String label() {
    return "peak";
  }
}
