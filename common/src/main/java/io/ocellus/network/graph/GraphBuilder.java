package io.ocellus.network.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a network down, operation by operation, in the order in which PyTorch's module registers
 * its layers. Each method takes outputs and gives the new one. {@link #scope} is a submodule. A
 * linear layer whose name is there already runs with the weights of that one.
 */
public final class GraphBuilder {
  private final List<Node> nodes;
  private final GraphLimit limit;
  private final String prefix;
  private final Init convInit;

  private GraphBuilder(List<Node> nodes, GraphLimit limit, String prefix, Init convInit) {
    this.nodes = nodes;
    this.limit = limit;
    this.prefix = prefix;
    this.convInit = convInit;
  }

  /** Of a graph of any size. */
  public GraphBuilder() {
    this(GraphLimit.none());
  }

  /** Of a graph that may not become larger than that. */
  public GraphBuilder(GraphLimit limit) {
    this(new ArrayList<>(), limit, "", Init.KAIMING_NORMAL);
  }

  /** The same graph, where every name begins with that submodule's. */
  public GraphBuilder scope(String name) {
    return new GraphBuilder(nodes, limit, prefix + name + ".", convInit);
  }

  /** The same graph and submodule, where the kernels of convolutions start in another way. */
  public GraphBuilder startingWith(Init other) {
    return new GraphBuilder(nodes, limit, prefix, other);
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

  /** Any convolution, with this graph's start. */
  public Value conv(String name, Value x, Conv conv) {
    return add(name, conv.startingWith(convInit), conv.filters(), x);
  }

  /** An operation that learns, under a name of its own, that gives as many channels. */
  public Value layer(String name, Op op, Value x) {
    return add(name, op, x.channels(), x);
  }

  public Value batchNorm(String name, Value x) {
    return layer(name, BatchNorm.of(x.channels()), x);
  }

  public Value linear(String name, Value x, long outputs, boolean bias) {
    return linear(name, x, new Linear(x.channels(), outputs, bias));
  }

  public Value linear(String name, Value x, Linear linear) {
    return add(name, linear, linear.outputs(), x);
  }

  public Value relu(Value x) {
    return add("relu", new Relu(), x.channels(), x);
  }

  public Value relu6(Value x) {
    return add("relu6", new Relu6(), x.channels(), x);
  }

  public Value sigmoid(Value x) {
    return add("sigmoid", new Sigmoid(), x.channels(), x);
  }

  public Value maxPool(Value x, int kernel, int stride, int padding) {
    return add("pool", new MaxPool(kernel, stride, padding, false), x.channels(), x);
  }

  /** Where a last window that reaches beyond the end counts too. */
  public Value maxPoolCeil(Value x, int kernel, int stride, int padding) {
    return add("pool", new MaxPool(kernel, stride, padding, true), x.channels(), x);
  }

  public Value avgPool(Value x, int kernel, int stride) {
    return avgPool(x, new AvgPool(kernel, stride, 0, false));
  }

  public Value avgPool(Value x, AvgPool pool) {
    return add("pool", pool, x.channels(), x);
  }

  /** Maps of the given extent, whatever the extent of x. */
  public Value adaptiveAvgPool(Value x, int extent) {
    return add("pool", new AdaptiveAvgPool(extent), x.channels(), x);
  }

  /** The greatest value of each map: a vector of channels. */
  public Value globalMaxPool(Value x) {
    return add("pool", new GlobalMaxPool(), x.channels(), x);
  }

  /** At each pixel, the mean over the channels. */
  public Value channelMean(Value x) {
    return add("mean", new ChannelMean(), 1, x);
  }

  /** At each pixel, the greatest value of the channels. */
  public Value channelMax(Value x) {
    return add("max", new ChannelMax(), 1, x);
  }

  /** Every stride-th pixel of each row and column. */
  public Value subsample(Value x, int stride) {
    return add("subsample", new MaxPool(1, stride, 0, false), x.channels(), x);
  }

  /** With maps of zeros before and behind. */
  public Value padChannels(Value x, long before, long after) {
    return add("pad", new PadChannels(before, after), before + x.channels() + after, x);
  }

  /** A range of the channels. */
  public Value slice(Value x, long from, long to) {
    return add("slice", new Slice(from, to), to - from, x);
  }

  /** The first channel of each group, then the second of each, and so on. */
  public Value channelShuffle(Value x, int groups) {
    return add("shuffle", new ChannelShuffle(groups), x.channels(), x);
  }

  /** Along a dimension, where 0 is the first after the batch. */
  public Value softmax(Value x, int dimension) {
    return add("softmax", new Softmax(dimension), x.channels(), x);
  }

  public Value scale(Value x, double factor) {
    return add("scale", new Scale(factor), x.channels(), x);
  }

  /** In another shape, whose first extent is not -1. */
  public Value reshape(Value x, Long... extents) {
    return add("reshape", new Reshape(List.of(extents)), extents[0], x);
  }

  /** The numbers of x in the shape of the other. */
  public Value reshapeAs(Value x, Value other) {
    return add("reshape", new ReshapeAs(), other.channels(), x, other);
  }

  /** The maps of x in the extent of the other's. */
  public Value resizeAs(Value x, Value other) {
    return add("resize", new ResizeAs(), x.channels(), x, other);
  }

  /** The maps of x through an affine window, which is six numbers more than the learnt one. */
  public Value affineSample(String name, Value x, Value window) {
    return add(name, new AffineSample(), x.channels(), x, window);
  }

  /** Where the greatest value of one map lies: column and row, from -1 to 1. */
  public Value peak(Value x, int extent) {
    return add("peak", new Peak(extent), 2, x);
  }

  /** A window of x around a column and a row, in the extent of the other. */
  public Value window(Value x, Value other, Value centre, int zoom) {
    return add("window", new Window(zoom), x.channels(), x, other, centre);
  }

  /** A slope by the outputs of the layer of that name, as one by its inputs. */
  public Value adjoint(String name, Value x, Adjoint adjoint) {
    return add(name, adjoint, adjoint.shape(List.of()).get(0), x);
  }

  /** The matrix product, where the channels of the result are its rows. */
  public Value matMul(Value left, Value right, MatMul product, long rows) {
    return add("matmul", product, rows, left, right);
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

  /** Element by element; either may have one pixel or one channel. */
  public Value add(Value left, Value right) {
    return add("add", new Add(), Math.max(left.channels(), right.channels()), left, right);
  }

  /** Element by element; either may be a gate of one pixel or of one channel. */
  public Value multiply(Value left, Value right) {
    return add(
        "multiply", new Multiply(), Math.max(left.channels(), right.channels()), left, right);
  }

  /** Nothing where the rate is 0. */
  public Value dropout(Value x, double rate) {
    return rate == 0 ? x : add("dropout", new Dropout((float) rate), x.channels(), x);
  }

  /**
   * Some nodes of another graph, by the names that they have there.
   *
   * @param from the first
   * @param to behind the last
   * @param places which node here stands for which there; those that come are added
   */
  public void append(Graph other, int from, int to, Map<Integer, Integer> places) {
    for (int i = from; i < to; i++) {
      Node node = other.nodes().get(i);
      limit.add(node.name(), node.op(), node.inputs().size());
      nodes.add(new Node(node.name(), node.op(), node.inputs().stream().map(places::get).toList()));
      places.put(i, nodes.size() - 1);
    }
  }

  private Value add(String name, Op op, long channels, Value... inputs) {
    limit.add(prefix + name, op, inputs.length);
    nodes.add(new Node(prefix + name, op, Stream.of(inputs).map(Value::node).toList()));
    return new Value(nodes.size() - 1, channels);
  }
}
