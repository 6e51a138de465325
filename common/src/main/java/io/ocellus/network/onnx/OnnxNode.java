package io.ocellus.network.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** One ONNX node that is being written: its attributes by name, then {@link #output()}. */
public final class OnnxNode {
  private final NodeProto.Builder node;
  private final Function<NodeProto.Builder, String> sink;

  OnnxNode(String type, List<String> inputs, Function<NodeProto.Builder, String> sink) {
    this.node = NodeProto.newBuilder().setOpType(type).addAllInput(inputs);
    this.sink = sink;
  }

  /** A whole number. */
  public OnnxNode integer(String name, long value) {
    return attribute(name, AttributeProto.AttributeType.INT, a -> a.setI(value));
  }

  /** Whole numbers. */
  public OnnxNode integers(String name, long... values) {
    return attribute(
        name,
        AttributeProto.AttributeType.INTS,
        a -> a.addAllInts(Arrays.stream(values).boxed().toList()));
  }

  /** A number. */
  public OnnxNode number(String name, float value) {
    return attribute(name, AttributeProto.AttributeType.FLOAT, a -> a.setF(value));
  }

  /** A word that the operator defines. */
  public OnnxNode word(String name, String value) {
    return attribute(
        name, AttributeProto.AttributeType.STRING, a -> a.setS(ByteString.copyFromUtf8(value)));
  }

  private OnnxNode attribute(
      String name,
      AttributeProto.AttributeType type,
      Function<AttributeProto.Builder, AttributeProto.Builder> value) {
    node.addAttribute(value.apply(AttributeProto.newBuilder().setName(name).setType(type)));
    return this;
  }

  /** Adds the node to its graph and names its output. */
  public String output() {
    return sink.apply(node);
  }
}
