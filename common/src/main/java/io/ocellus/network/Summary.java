package io.ocellus.network;

import ai.djl.ndarray.types.Shape;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.Node;
import io.ocellus.network.graph.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What a network is made of and what it costs.
 *
 * @param network the catalogue's name
 * @param size width and height of the input in pixels
 * @param layers in running order
 */
public record Summary(String network, int size, List<Layer> layers) {

  /**
   * One operation.
   *
   * @param name where it stands
   * @param operation what it does
   * @param output the shape that it gives, such as {@code 64 x 56 x 56}
   * @param parameters how many numbers it learns
   * @param multiplyAdds for one image; convolutions and linear layers only
   */
  public record Layer(
      String name, String operation, String output, long parameters, long multiplyAdds) {}

  static Summary of(Network network, int size) {
    Graph graph = network.graph();
    List<Shape> shapes = graph.shapes(size);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      Node node = graph.nodes().get(i);
      layers.add(layer(node, graph.learnsFirst(i) ? parameters(node) : 0, shapes.get(i)));
    }
    return new Summary(network.spec().name(), size, List.copyOf(layers));
  }

  private static long parameters(Node node) {
    return node.op().parameters().stream()
        .filter(spec -> spec.kind() == ParameterSpec.Kind.TRAINED)
        .mapToLong(spec -> spec.shape().size())
        .sum();
  }

  private static Layer layer(Node node, long parameters, Shape output) {
    String extent =
        LongStream.of(output.getShape())
            .mapToObj(Long::toString)
            .collect(Collectors.joining(" x "));
    return new Layer(
        node.name(), node.op().label(), extent, parameters, node.op().multiplyAdds(output));
  }

  /** How many numbers the network learns. */
  public long parameters() {
    return layers.stream().mapToLong(Layer::parameters).sum();
  }

  /** For one image; convolutions and linear layers only, as papers count. */
  public long multiplyAdds() {
    return layers.stream().mapToLong(Layer::multiplyAdds).sum();
  }

  /** The layers as a text table, with the sums below. */
  public String table() {
    StringBuilder table = new StringBuilder();
    String row = "%-50s %-22s %-18s %,12d %,15d%n".replace("%n", "\n");
    layers.forEach(
        l ->
            table.append(
                row.formatted(
                    l.name(), l.operation(), l.output(), l.parameters(), l.multiplyAdds())));
    return table.append(row.formatted(network, "", "", parameters(), multiplyAdds())).toString();
  }
}
