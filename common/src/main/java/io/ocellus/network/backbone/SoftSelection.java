package io.ocellus.network.backbone;

import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Branches of equal shape added up, each channel of each with a weight; over the branches the
 * weights are a softmax of scores.
 *
 * @param branches maps {@code (C, H, W)}
 */
record SoftSelection(List<Value> branches) {
  /**
   * @param scores from the sum of all branches, a vector of C scores for each
   */
  Value by(GraphBuilder graph, Function<Value, List<Value>> scores) {
    List<Value> given = scores.apply(sum(graph, branches));
    long channels = branches.get(0).channels();
    Value table = graph.reshape(graph.concat(given), (long) branches.size(), channels);
    Value weights = graph.reshape(graph.softmax(table, 0), branches.size() * channels);
    List<Value> weighed = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      Value weight = graph.unflatten(graph.slice(weights, i * channels, (i + 1) * channels));
      weighed.add(graph.multiply(branches.get(i), weight));
    }
    return sum(graph, weighed);
  }

  private static Value sum(GraphBuilder graph, List<Value> values) {
    return values.stream().reduce(graph::add).orElseThrow();
  }
}
