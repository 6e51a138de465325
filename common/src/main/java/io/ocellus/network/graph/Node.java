package io.ocellus.network.graph;

import java.util.List;

/**
 * An operation at its place in a {@link Graph}.
 *
 * @param name where it stands, such as {@code features.denseblock1.denselayer1.conv1}; its
 *     parameters' names in the state dict begin so
 * @param op what it does
 * @param inputs the indices of the nodes whose outputs it takes
 */
public record Node(String name, Op op, List<Integer> inputs) {
  public Node {
    inputs = List.copyOf(inputs);
  }

  /** The state dict's name of one of its parameters. */
  public String key(ParameterSpec parameter) {
    return name + "." + parameter.name();
  }
}
