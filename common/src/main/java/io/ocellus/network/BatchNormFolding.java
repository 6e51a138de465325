package io.ocellus.network;

import io.ocellus.network.graph.BatchNorm;
import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * In evaluation mode a batch norm is {@code s x + t} per channel, with {@code s = weight /
 * sqrt(running_var + epsilon)} and {@code t = bias - s running_mean}. Where its input comes from a
 * convolution that nothing else reads, or goes to a convolution alone that does not pad, that
 * convolution takes s and t into its weights and the batch norm is gone.
 */
final class BatchNormFolding {
  private final Graph graph;
  private final Node[] nodes;
  private final Map<String, Tensor> weights;

  private BatchNormFolding(Deployable source) {
    graph = source.graph();
    nodes = graph.nodes().toArray(Node[]::new);
    weights = source.weights();
  }

  static Deployable apply(Deployable source) {
    return new BatchNormFolding(source).fold();
  }

  /** The batch norms that go, each with the convolution that takes it, by their indices. */
  static SortedMap<Integer, Integer> plan(Graph graph) {
    List<Node> nodes = graph.nodes();
    int[] uses = graph.uses();
    int[] consumers = lastConsumers(graph);
    SortedMap<Integer, Integer> plan = new TreeMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).op() instanceof BatchNorm) {
        int before = nodes.get(i).inputs().get(0);
        int after = consumers[i];
        if (nodes.get(before).op() instanceof Conv && uses[before] == 1) {
          plan.put(i, before);
        } else if (uses[i] == 1 && after > 0 && takesShift(nodes.get(after))) {
          plan.put(i, after);
        }
      }
    }
    return plan;
  }

  private static int[] lastConsumers(Graph graph) {
    int[] consumers = new int[graph.nodes().size()];
    for (int i = 0; i < consumers.length; i++) {
      for (int input : graph.nodes().get(i).inputs()) {
        consumers[input] = i;
      }
    }
    return consumers;
  }

  private static boolean takesShift(Node node) {
    return node.op() instanceof Conv conv && conv.padding() == 0 && conv.groups() == 1;
  }

  private Deployable fold() {
    Map<Integer, Integer> plan = plan(graph);
    plan.forEach(
        (norm, conv) -> {
          Conv op = (Conv) nodes[conv].op();
          Affine affine = affine(nodes[norm], (BatchNorm) nodes[norm].op());
          nodes[conv] =
              conv < norm
                  ? afterConv(nodes[conv], op, affine)
                  : beforeConv(nodes[conv], op, affine);
        });
    return new Deployable(without(plan.keySet()), weights);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Affine(double[] scale, double[] shift) {}

  private Affine affine(Node node, BatchNorm norm) {
    float[] weight = values(node, "weight");
    float[] bias = values(node, "bias");
    float[] mean = values(node, "running_mean");
    float[] variance = values(node, "running_var");
    double[] scale = new double[weight.length];
    double[] shift = new double[weight.length];
    for (int c = 0; c < scale.length; c++) {
      scale[c] = weight[c] / Math.sqrt((double) variance[c] + norm.epsilon());
      shift[c] = bias[c] - scale[c] * mean[c];
    }
    return new Affine(scale, shift);
  }

  private Node afterConv(Node node, Conv conv, Affine norm) {
    float[] kernel = values(node, "weight").clone();
    float[] bias = bias(node, conv);
    int perFilter = kernel.length / bias.length;
    for (int filter = 0; filter < bias.length; filter++) {
      for (int k = filter * perFilter; k < (filter + 1) * perFilter; k++) {
        kernel[k] = (float) (kernel[k] * norm.scale()[filter]);
      }
      bias[filter] = (float) (bias[filter] * norm.scale()[filter] + norm.shift()[filter]);
    }
    return replaced(node, conv, kernel, bias);
  }

  private Node beforeConv(Node node, Conv conv, Affine norm) {
    float[] kernel = values(node, "weight").clone();
    float[] bias = bias(node, conv);
    int taps = conv.kernel() * conv.kernel();
    int perFilter = kernel.length / bias.length;
    for (int filter = 0; filter < bias.length; filter++) {
      double shift = bias[filter];
      for (int k = 0; k < perFilter; k++) {
        int at = filter * perFilter + k;
        shift += kernel[at] * norm.shift()[k / taps];
        kernel[at] = (float) (kernel[at] * norm.scale()[k / taps]);
      }
      bias[filter] = (float) shift;
    }
    return replaced(node, conv, kernel, bias);
  }

  private Node replaced(Node node, Conv conv, float[] kernel, float[] bias) {
    String weight = node.name() + ".weight";
    weights.put(weight, new Tensor(weights.get(weight).shape(), kernel));
    weights.put(node.name() + ".bias", new Tensor(new long[] {bias.length}, bias));
    return new Node(node.name(), conv.withBias(), node.inputs());
  }

  private float[] bias(Node node, Conv conv) {
    return conv.bias() ? values(node, "bias").clone() : new float[Math.toIntExact(conv.filters())];
  }

  private float[] values(Node node, String parameter) {
    return weights.get(node.name() + "." + parameter).values();
  }

  private Graph without(Set<Integer> folded) {
    Map<Integer, Integer> moved = new HashMap<>();
    List<Node> kept = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      Node node = nodes[i];
      if (folded.contains(i)) {
        moved.put(i, moved.get(node.inputs().get(0)));
      } else {
        kept.add(new Node(node.name(), node.op(), node.inputs().stream().map(moved::get).toList()));
        moved.put(i, kept.size() - 1);
      }
    }
    return new Graph(kept);
  }
}
