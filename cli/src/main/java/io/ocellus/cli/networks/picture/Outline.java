package io.ocellus.cli.networks.picture;

import ai.djl.ndarray.types.Shape;
import io.ocellus.network.Network;
import io.ocellus.network.Summary;
import io.ocellus.network.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A network's graph with whole submodules as one box, so that a hundred layers can be taken in at a
 * glance. How deep submodules are opened is counted in the words of their names: at depth 2, {@code
 * features.denseblock1} is one box.
 *
 * @param boxes in running order
 * @param arrows what flows between them
 */
record Outline(List<Box> boxes, List<Arrow> arrows) {
  private static final int READABLE = 40;
  private static final int DEEPEST = 8;

  /**
   * Maps on their way.
   *
   * @param from index of a box
   * @param to index of a box
   * @param shape such as {@code 64 x 56 x 56}
   */
  record Arrow(int from, int to, String shape) {}

  /** The outline at that depth, for square images of that many pixels. */
  static Outline of(Network network, int pixels, int depth) {
    List<Node> nodes = network.graph().nodes();
    List<Summary.Layer> layers = network.summary(pixels).layers();
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    int[] boxOf = new int[nodes.size()];
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      String key = key(nodes, i, depth);
      if (!members.containsKey(key)) {
        keys.add(key);
      }
      members.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
      boxOf[i] = keys.indexOf(key);
    }
    List<Box> boxes =
        members.entrySet().stream()
            .map(e -> Box.of(e.getKey(), e.getValue().stream().map(layers::get).toList()))
            .toList();
    return new Outline(boxes, arrows(nodes, network.graph().shapes(pixels), boxOf));
  }

  /** The deepest outline that can still be read. */
  static Outline readable(Network network, int pixels) {
    Outline best = of(network, pixels, 1);
    for (int depth = 2; depth <= DEEPEST; depth++) {
      Outline deeper = of(network, pixels, depth);
      if (deeper.boxes().size() > READABLE) {
        break;
      }
      best = deeper;
    }
    return best;
  }

  /** An operation whose submodule is less deep stands for itself. */
  private static String key(List<Node> nodes, int index, int depth) {
    String[] words = nodes.get(index).name().split("\\.", -1);
    if (words.length <= depth) {
      return nodes.get(index).name() + "#" + index;
    }
    return String.join(".", List.of(words).subList(0, depth));
  }

  private static List<Arrow> arrows(List<Node> nodes, List<Shape> shapes, int[] boxOf) {
    Map<List<Integer>, Set<String>> flows = new LinkedHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (int input : nodes.get(i).inputs()) {
        if (boxOf[input] != boxOf[i]) {
          flows
              .computeIfAbsent(List.of(boxOf[input], boxOf[i]), pair -> new LinkedHashSet<>())
              .add(extent(shapes.get(input)));
        }
      }
    }
    return flows.entrySet().stream()
        .map(e -> new Arrow(e.getKey().get(0), e.getKey().get(1), String.join(", ", e.getValue())))
        .toList();
  }

  private static String extent(Shape shape) {
    return LongStream.of(shape.getShape())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(" x "));
  }
}
