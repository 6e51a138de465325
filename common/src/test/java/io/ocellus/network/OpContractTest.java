package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Node;
import io.ocellus.network.graph.Op;
import io.ocellus.network.graph.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation runs the same in the training block and in the deploy graph. */
class OpContractTest {
  private static final int SIZE = 16;

  @TempDir Path folder;

  @Test
  void aNetworkOfEveryOperationRunsTheSameBothWays() {
    Network network = new Network(new NetworkSpec("every-operation", 3), everyOperation());
    StateDict weights = FormulaWeights.of(network);
    float[] images = FormulaWeights.images(2, SIZE);
    Path file = folder.resolve("model.pt");
    TorchScript.write(network, weights, Normalization.NONE, file);

    Logits.assertClose(
        Running.deployed(file, images, SIZE), Running.block(network, weights, images, SIZE), 1e-4);
    Set<?> covered =
        network.graph().nodes().stream()
            .map(Node::op)
            .map(Op::getClass)
            .collect(Collectors.toSet());
    assertThat(Stream.of(Op.class.getPermittedSubclasses())).allMatch(covered::contains);
  }

  private static Graph everyOperation() {
    GraphBuilder graph = new GraphBuilder();
    Value x = graph.conv("first", graph.input(), 8, 3, 1, 1);
    x = graph.maxPool(graph.relu(graph.batchNorm("behind", x)), 3, 2, 1);
    Value grouped = graph.conv("grouped", x, new Conv(8, 8, 3, 1, 2, 2, 4, true));
    Value ahead = graph.conv("ahead", graph.batchNorm("before", x), 8, 1, 1, 0);
    Value gate = graph.sigmoid(graph.linear("gate", graph.globalPool(x), 8, false));
    Value sum = graph.add(grouped, graph.multiply(ahead, graph.unflatten(gate)));
    Value both = graph.concat(List.of(sum, graph.relu(graph.dropout(x, 0.5))));
    Value pooled = graph.avgPool(graph.conv("pointwise", both, 4, 1, 1, 0), 2, 2);
    graph.linear("head", graph.flatten(pooled, 4, 4), 3, true);
    return graph.build();
  }
}
