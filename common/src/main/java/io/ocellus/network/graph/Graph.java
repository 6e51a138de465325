package io.ocellus.network.graph;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A network as data: nodes in an order in which they can run. The first is the input, the last is
 * the output. Built by {@link GraphBuilder}; trained, summarised, folded and printed by others.
 */
public final class Graph {
  private final List<Node> nodes;

  public Graph(List<Node> nodes) {
    this.nodes = List.copyOf(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      int index = i;
      if (this.nodes.get(i).inputs().stream().anyMatch(input -> input < 0 || input >= index)) {
        throw new IllegalArgumentException(
            "Node %s takes an input that does not run before it".formatted(nodes.get(i).name()));
      }
    }
  }

  /** In running order. */
  public List<Node> nodes() {
    return nodes;
  }

  /** How often each node's output is taken; the last node's once more, by the caller. */
  public int[] uses() {
    int[] uses = new int[nodes.size()];
    nodes.forEach(node -> node.inputs().forEach(input -> uses[input]++));
    uses[nodes.size() - 1]++;
    return uses;
  }

  /** The classification head: the last operation that learns. */
  public int head() {
    int last = nodes.size() - 1;
    while (nodes.get(last).op().parameters().isEmpty()) {
      last--;
    }
    return last;
  }

  /**
   * Whether this node learns under a name that none before it has. A later node of the same name
   * runs with the same weights.
   */
  public boolean learnsFirst(int index) {
    Node node = nodes.get(index);
    return !node.op().parameters().isEmpty()
        && nodes.subList(0, index).stream()
            .noneMatch(
                before -> before.name().equals(node.name()) && !before.op().parameters().isEmpty());
  }

  /**
   * Width and height in pixels of the smallest square images of which every node gives something.
   */
  public int smallestSize() {
    int size = 1;
    while (shapes(size).stream().anyMatch(Graph::isEmpty)) {
      size++;
    }
    return size;
  }

  private static boolean isEmpty(Shape shape) {
    return LongStream.of(shape.getShape()).anyMatch(extent -> extent < 1);
  }

  /**
   * The output shape of each node, without the batch, for square images of that size. Below {@link
   * #smallestSize} some extents are not positive.
   */
  public List<Shape> shapes(int size) {
    List<Shape> shapes = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      List<Shape> inputs =
          node.op() instanceof Input input
              ? List.of(new Shape(input.channels(), size, size))
              : node.inputs().stream().map(shapes::get).toList();
      shapes.add(node.op().shape(inputs));
    }
    return shapes;
  }
}
