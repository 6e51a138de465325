package io.ocellus.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.ocellus.network.graph.BatchNorm;
import io.ocellus.network.graph.Dropout;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.Node;
import io.ocellus.network.graph.Op;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Runs the nodes of a graph. Closes each intermediate after its last use: in evaluation its memory
 * is free at once, in training what the gradient needs is held by PyTorch itself.
 *
 * @param parameters of each node
 * @param frozen nodes that run as in evaluation always
 * @param seed of what is random in this pass
 * @param mixed whether each operation has its own precision
 */
record NodeRunner(
    Graph graph,
    List<List<Parameter>> parameters,
    Set<String> frozen,
    ParameterStore store,
    long seed,
    boolean mixed) {
  /** Room for the output of each node, with the input's filled in. */
  NDArray[] values(NDArray images) {
    NDArray[] values = new NDArray[graph.nodes().size()];
    values[0] = images;
    return values;
  }

  /** Adds the outputs of a segment to the values, which have its inputs. */
  void run(Segment segment, NDArray[] values, boolean training) {
    run(segment, values, training, false);
  }

  /** The same a second time in one pass: batch norms do not count the batch again. */
  void runAgain(Segment segment, NDArray[] values) {
    run(segment, values, true, true);
  }

  private void run(Segment segment, NDArray[] values, boolean training, boolean again) {
    Device device = values[0].getDevice();
    int[] uses = uses(segment);
    for (int i = segment.from(); i < segment.to(); i++) {
      Node node = graph.nodes().get(i);
      List<NDArray> weights =
          parameters.get(i).stream()
              .map(parameter -> store.getValue(parameter, device, training))
              .toList();
      List<NDArray> inputs = node.inputs().stream().map(input -> values[input]).toList();
      boolean live = training && !frozen.contains(node.name());
      if (live && node.op() instanceof Dropout) {
        seedFor(i);
      }
      Op op = again ? uncounted(node.op()) : node.op();
      values[i] =
          mixed ? MixedPrecision.run(op, inputs, weights, live) : op.run(inputs, weights, live);
      for (int input : node.inputs()) {
        if (input >= segment.from() && --uses[input] == 0) {
          values[input].close();
        }
      }
    }
    if (mixed && segment.to() == values.length) {
      NDArray logits = values[values.length - 1];
      values[values.length - 1] = MixedPrecision.full(logits);
      logits.close();
    }
  }

  /** Of each node, whether a gradient has to go back into its output. */
  boolean[] learning() {
    boolean[] learning = new boolean[graph.nodes().size()];
    for (int i = 0; i < learning.length; i++) {
      Node node = graph.nodes().get(i);
      learning[i] =
          node.op().passesGradient()
              && (parameters.get(i).stream().anyMatch(Parameter::requiresGradient)
                  || node.inputs().stream().anyMatch(input -> learning[input]));
    }
    return learning;
  }

  /** How often each node's output is taken within a segment; once more if it is wanted later. */
  private int[] uses(Segment segment) {
    int[] uses = new int[segment.to()];
    graph
        .nodes()
        .subList(segment.from(), segment.to())
        .forEach(node -> node.inputs().forEach(input -> uses[input]++));
    segment.outputs().forEach(output -> uses[output]++);
    return uses;
  }

  /** The same mask whenever this pass comes to this node. */
  private void seedFor(int node) {
    int random = new SplittableRandom(seed + node).nextInt(Integer.MAX_VALUE);
    Engine.getInstance().setRandomSeed(random);
  }

  private static Op uncounted(Op op) {
    return op instanceof BatchNorm norm ? new BatchNorm(norm.channels(), norm.epsilon(), 0) : op;
  }
}
