package io.ocellus.network.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An ONNX file of one graph. Weights are written one by one behind it, so that they are never in
 * memory a second time; the bytes are those of one {@code ModelProto}.
 */
public final class OnnxFile {
  /** ONNX 1.12; ONNX Runtime has had it since 1.12 too. */
  private static final int OPSET = 17;

  private static final int IR_VERSION = 8;
  private static final int CHUNK = 8192;

  private final OnnxGraph graph;
  private final List<Weight> weights = new ArrayList<>();
  private final ModelProto.Builder model =
      ModelProto.newBuilder()
          .setIrVersion(IR_VERSION)
          .setProducerName("ocellus")
          .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET));

  /** Its values in C order, and all that is said of it before them. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Weight(TensorProto head, float[] values) {
    int rawLength() {
      return Math.multiplyExact(values.length, Float.BYTES);
    }

    int size() {
      return head.getSerializedSize()
          + CodedOutputStream.computeTagSize(TensorProto.RAW_DATA_FIELD_NUMBER)
          + CodedOutputStream.computeUInt32SizeNoTag(rawLength())
          + rawLength();
    }
  }

  public OnnxFile(OnnxGraph graph) {
    this.graph = graph;
  }

  /** A float32 tensor that nodes refer to by that name. */
  public void weight(String name, long[] shape, float[] values) {
    TensorProto.Builder head =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long extent : shape) {
      head.addDims(extent);
    }
    weights.add(new Weight(head.build(), values));
  }

  /** The float32 input; its first extent is the batch's, and any. */
  public void input(String name, long... perImage) {
    graph.proto().addInput(OnnxGraph.value(name, perImage));
  }

  /** The float32 output, which is the output of that node. */
  public void output(String name, String node, long... perImage) {
    graph
        .proto()
        .addNode(NodeProto.newBuilder().setOpType("Identity").addInput(node).addOutput(name))
        .addOutput(OnnxGraph.value(name, perImage));
  }

  /** What a reader may want to know, such as the classes. */
  public void metadata(Map<String, String> values) {
    values.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
  }

  /** Writes it, over whatever is at that path. */
  public void write(Path file) throws IOException {
    GraphProto nodes = graph.proto().build();
    int size = nodes.getSerializedSize();
    for (Weight weight : weights) {
      size =
          Math.addExact(
              size,
              CodedOutputStream.computeTagSize(GraphProto.INITIALIZER_FIELD_NUMBER)
                  + CodedOutputStream.computeUInt32SizeNoTag(weight.size())
                  + weight.size());
    }
    try (OutputStream stream = Files.newOutputStream(file)) {
      CodedOutputStream out = CodedOutputStream.newInstance(stream, 1 << 16);
      model.build().writeTo(out);
      message(out, ModelProto.GRAPH_FIELD_NUMBER, size);
      nodes.writeTo(out);
      for (Weight weight : weights) {
        write(weight, out);
      }
      out.flush();
    }
  }

  private static void write(Weight weight, CodedOutputStream out) throws IOException {
    message(out, GraphProto.INITIALIZER_FIELD_NUMBER, weight.size());
    weight.head().writeTo(out);
    message(out, TensorProto.RAW_DATA_FIELD_NUMBER, weight.rawLength());
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < weight.values().length; at += CHUNK) {
      int count = Math.min(CHUNK, weight.values().length - at);
      chunk.asFloatBuffer().put(weight.values(), at, count);
      out.writeRawBytes(chunk.array(), 0, count * Float.BYTES);
    }
  }

  private static void message(CodedOutputStream out, int field, int length) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(length);
  }
}
