package io.ocellus.network.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a network down, operation by operation, in the order in which PyTorch's module registers
 * its layers. Each method takes outputs and gives the new one. {@link #scope} is a submodule.
 */
public final class GraphBuilder {
  private final List<Node> nodes;
  private final String prefix;

  private GraphBuilder(List<Node> nodes, String prefix) {
    this.nodes = nodes;
    this.prefix = prefix;
  }

  public GraphBuilder() {
    this(new ArrayList<>(), "");
  }

  /** The same graph, where every name begins with that submodule's. */
  public GraphBuilder scope(String name) {
    return new GraphBuilder(nodes, prefix + name + ".");
  }

  /** The graph, whose output is the last thing added. */
  public Graph build() {
    return new Graph(nodes);
  }

  /** RGB images. */
  public Value input() {
    return add("input", new Input(3), 3);
  }

  /** A square convolution without bias. */
  public Value conv(String name, Value x, long filters, int kernel, int stride, int padding) {
    return conv(name, x, new Conv(x.channels(), filters, kernel, stride, padding, 1, 1, false));
  }

  /** Any convolution. */
  public Value conv(String name, Value x, Conv conv) {
    return add(name, conv, conv.filters(), x);
  }

  public Value batchNorm(String name, Value x) {
    return add(name, BatchNorm.of(x.channels()), x.channels(), x);
  }

  public Value linear(String name, Value x, long outputs, boolean bias) {
    return add(name, new Linear(x.channels(), outputs, bias), outputs, x);
  }

  public Value relu(Value x) {
    return add("relu", new Relu(), x.channels(), x);
  }

  public Value sigmoid(Value x) {
    return add("sigmoid", new Sigmoid(), x.channels(), x);
  }

  public Value maxPool(Value x, int kernel, int stride, int padding) {
    return add("pool", new MaxPool(kernel, stride, padding), x.channels(), x);
  }

  public Value avgPool(Value x, int kernel, int stride) {
    return add("pool", new AvgPool(kernel, stride), x.channels(), x);
  }

  /** The mean over each map: a vector of channels. */
  public Value globalPool(Value x) {
    return add("pool", new GlobalPool(), x.channels(), x);
  }

  /** Maps of the given extent as one long vector. */
  public Value flatten(Value x, int height, int width) {
    return add("flatten", new Flatten(), x.channels() * height * width, x);
  }

  /** A vector as maps of one pixel. */
  public Value unflatten(Value x) {
    return add("unflatten", new Unflatten(x.channels()), x.channels(), x);
  }

  /** Along the channels. */
  public Value concat(List<Value> values) {
    return values.size() == 1
        ? values.get(0)
        : add(
            "concat",
            new Concat(),
            values.stream().mapToLong(Value::channels).sum(),
            values.toArray(Value[]::new));
  }

  public Value add(Value left, Value right) {
    return add("add", new Add(), left.channels(), left, right);
  }

  /** Element by element; the right one may be a gate of one pixel or of one channel. */
  public Value multiply(Value left, Value right) {
    return add("multiply", new Multiply(), left.channels(), left, right);
  }

  /** Nothing where the rate is 0. */
  public Value dropout(Value x, double rate) {
    return rate == 0 ? x : add("dropout", new Dropout((float) rate), x.channels(), x);
  }

  private Value add(String name, Op op, long channels, Value... inputs) {
    nodes.add(new Node(prefix + name, op, Stream.of(inputs).map(Value::node).toList()));
    return new Value(nodes.size() - 1, channels);
  }
}
