package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.graph.Adjoint;
import io.ocellus.network.graph.AvgPool;
import io.ocellus.network.graph.ChannelConv;
import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.Gain;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Linear;
import io.ocellus.network.graph.MatMul;
import io.ocellus.network.graph.Node;
import io.ocellus.network.graph.Op;
import io.ocellus.network.graph.ParameterSpec;
import io.ocellus.network.graph.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation runs the same in the training block, in the deploy graph and in ONNX. */
class OpContractTest {
  private static final int SIZE = 16;

  @TempDir Path folder;

  @Test
  void aNetworkOfEveryOperationRunsTheSameEveryWay() {
    Network network = new Network(new NetworkSpec("every-operation", 3), everyOperation());
    StateDict weights = FormulaWeights.of(network);
    float[] images = FormulaWeights.images(2, SIZE);

    Running.everyWay(network, weights, images, SIZE, folder);

    Set<?> covered =
        network.graph().nodes().stream()
            .map(Node::op)
            .map(Op::getClass)
            .collect(Collectors.toSet());
    assertThat(Stream.of(Op.class.getPermittedSubclasses())).allMatch(covered::contains);
  }

  @Test
  void everyOperationGivesTheShapeThatItSays() {
    Graph graph = everyOperation();
    Network network = new Network(new NetworkSpec("every-operation", 3), graph);
    StateDict weights = FormulaWeights.of(network);
    List<Shape> shapes = graph.shapes(SIZE);
    try (NDManager manager = NDManager.newBaseManager()) {
      List<NDArray> outputs = new ArrayList<>();
      outputs.add(manager.create(FormulaWeights.images(2, SIZE), new Shape(2, 3, SIZE, SIZE)));
      for (int i = 1; i < shapes.size(); i++) {
        Node node = graph.nodes().get(i);
        List<NDArray> arrays =
            node.op().parameters().stream()
                .filter(ParameterSpec::isArray)
                .map(spec -> manager.create(weights.get(node.key(spec)).values(), spec.shape()))
                .toList();
        outputs.add(
            node.op().run(node.inputs().stream().map(outputs::get).toList(), arrays, false));
        assertThat(outputs.get(i).getShape().slice(1)).as(node.name()).isEqualTo(shapes.get(i));
      }
    }
  }

  private static Graph everyOperation() {
    GraphBuilder graph = new GraphBuilder();
    Value x = graph.conv("first", graph.input(), 8, 3, 1, 1);
    x = graph.maxPool(graph.relu(graph.batchNorm("behind", x)), 3, 2, 1);
    Value grouped = graph.conv("grouped", x, new Conv(8, 8, 3, 1, 2, 2, 4, true));
    Value ahead = graph.conv("ahead", graph.batchNorm("before", x), 8, 1, 1, 0);
    Value pooled = graph.add(graph.globalPool(x), graph.globalMaxPool(x));
    Value near = graph.layer("near", new ChannelConv(3), pooled);
    Linear linear = new Linear(8, 8, false);
    Value there = graph.linear("gate", near, linear);
    Value back = graph.adjoint("gate", there, new Adjoint(linear.parameters().get(0)));
    Value gate = graph.sigmoid(back);
    Value pixels = graph.multiply(graph.channelMean(x), graph.channelMax(x));
    Value sum = graph.add(grouped, graph.multiply(graph.unflatten(gate), pixels));
    sum = graph.add(sum, graph.add(ahead, attended(graph, x)));
    Value half = graph.padChannels(graph.slice(x, 2, 6), 1, 3);
    half = graph.channelShuffle(graph.relu(graph.dropout(half, 0.5)), 4);
    Value both = graph.concat(List.of(sum, graph.relu6(graph.scale(half, 20))));
    both = graph.conv("pointwise", both, 4, 1, 1, 0);
    Value ends = graph.avgPool(both, new AvgPool(3, 2, 1, true));
    Value odd = graph.maxPoolCeil(graph.avgPool(both, 2, 1), 3, 2, 0);
    odd = graph.resizeAs(odd, ends);
    odd = graph.affineSample("window", odd, graph.linear("affine", gate, 6, false));
    Value spot = graph.scale(graph.peak(graph.channelMean(ends), 5), 0.5);
    odd = graph.add(odd, graph.window(both, ends, spot, 2));
    Value all = graph.add(graph.adaptiveAvgPool(ends, 3), graph.adaptiveAvgPool(odd, 3));
    graph.linear("head", graph.flatten(all, 3, 3), 3, true);
    return graph.build();
  }

  private static Value attended(GraphBuilder graph, Value x) {
    Value rows = graph.reshape(x, x.channels(), -1L);
    Value energy = graph.matMul(rows, rows, new MatMul(false, true), x.channels());
    Value weights = graph.softmax(graph.scale(energy, -0.01), 1);
    Value mixed = graph.matMul(weights, rows, new MatMul(true, false), x.channels());
    return graph.layer("gain", new Gain(), graph.reshapeAs(mixed, x));
  }
}
