package io.ocellus.network.backbone;

import io.ocellus.network.graph.Conv;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A selective kernel (Li et al. 2019, <a href="https://arxiv.org/abs/1903.06586">arXiv
 * 1903.06586</a>, section 3.1; M 2, r 16, L 32): a 3x3 and a dilated 3x3 convolution, which sees
 * 5x5 pixels, each channel weighed between the two by a softmax that follows from their sum.
 */
record SelectiveKernel() implements Spatial {
  private static final int BRANCHES = 2;
  private static final int REDUCTION = 16;
  private static final long LEAST = 32;

  @Override
  public Value apply(GraphBuilder bottleneck, Value x, int stride, int groups) {
    GraphBuilder graph = bottleneck.scope("conv2");
    List<Value> branches = new ArrayList<>();
    for (int i = 0; i < BRANCHES; i++) {
      GraphBuilder branch = graph.scope("convs").scope(Integer.toString(i));
      Conv conv = new Conv(x.channels(), x.channels(), 3, stride, i + 1, i + 1, groups, false);
      branches.add(branch.relu(branch.batchNorm("1", branch.conv("0", x, conv))));
    }
    return new SoftSelection(branches).by(graph, sum -> scores(graph, sum));
  }

  private static List<Value> scores(GraphBuilder graph, Value sum) {
    GraphBuilder fc = graph.scope("fc");
    long units = Math.max(sum.channels() / REDUCTION, LEAST);
    Value z = fc.linear("0", fc.globalPool(sum), units, false);
    z = fc.relu(fc.batchNorm("1", z));
    List<Value> scores = new ArrayList<>();
    for (int i = 0; i < BRANCHES; i++) {
      scores.add(graph.scope("fcs").linear(Integer.toString(i), z, sum.channels(), false));
    }
    return scores;
  }
}
