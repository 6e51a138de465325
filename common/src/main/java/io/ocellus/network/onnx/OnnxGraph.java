package io.ocellus.network.onnx;

import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The nodes and small constants of an ONNX graph, in the order in which operations write them.
 * Every output gets a name of its own.
 */
public final class OnnxGraph {
  /** Constants are there several times while they are made. */
  private static final int SHARE_OF_HEAP = 8;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
  private final Map<List<Long>, String> constants = new HashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private String place = "";
  private long reserved;
  private int outputs;

  /** Where in the network the nodes that come next stand, for those who look at the graph. */
  public void at(String name) {
    place = name;
  }

  /** Begins a node with one output. */
  public OnnxNode node(String type, List<String> inputs) {
    return new OnnxNode(type, inputs, this::add);
  }

  /** Inputs, then parameters: what most operators take. */
  public static List<String> joined(List<String> inputs, List<String> parameters) {
    return Stream.concat(inputs.stream(), parameters.stream()).toList();
  }

  /** A node without attributes; names its output. */
  public String output(String type, String... inputs) {
    return node(type, List.of(inputs)).output();
  }

  /** A vector of 64-bit whole numbers, such as a shape. */
  public String integers(long... values) {
    List<Long> boxed = Arrays.stream(values).boxed().toList();
    return constants.computeIfAbsent(
        boxed,
        all -> {
          String name = "integers" + constants.size();
          graph.addInitializer(
              TensorProto.newBuilder()
                  .setName(name)
                  .setDataType(TensorProto.DataType.INT64_VALUE)
                  .addDims(all.size())
                  .addAllInt64Data(all));
          return name;
        });
  }

  /**
   * To be asked before float32 values that grow with the size of images are made.
   *
   * @throws IllegalStateException where the heap is too small for so many
   */
  public void reserve(long values) {
    reserved = Math.addExact(reserved, Math.multiplyExact(values, Float.BYTES));
    long heap = Runtime.getRuntime().maxMemory();
    if (reserved > heap / SHARE_OF_HEAP) {
      throw new IllegalStateException(
          "for images of this size the graph has constants of %d MiB, which is too much for a heap of %d MiB:"
                  .formatted(reserved >> 20, heap >> 20)
              + " give the JVM more, with -Xmx, or take smaller images");
    }
  }

  /** A few float32 values; a single one where the shape is empty. */
  public String floats(long[] shape, float... values) {
    String name = "floats" + graph.getInitializerCount();
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long extent : shape) {
      tensor.addDims(extent);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** Notes the shape of an output, without the batch, here and for those who read the file. */
  public void shape(String output, Shape shape) {
    if (shapes.put(output, shape) == null) {
      graph.addValueInfo(value(output, shape.getShape()));
    }
  }

  /** The shape of an operation's input, without the batch. */
  public Shape shape(String output) {
    return shapes.get(output);
  }

  private String add(NodeProto.Builder node) {
    String output = "x" + outputs++;
    graph.addNode(node.setName("%s/%s".formatted(place, output)).addOutput(output));
    return output;
  }

  GraphProto.Builder proto() {
    return graph;
  }

  /** A float32 array whose first extent is the batch's, and any. */
  static ValueInfoProto value(String name, long... perImage) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
    for (long extent : perImage) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }
}
