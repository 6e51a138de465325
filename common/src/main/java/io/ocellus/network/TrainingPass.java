package io.ocellus.network;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.List;

/**
 * A forward pass of training and the way back from it, segment by segment. Only what passes from
 * one segment to another stays in memory; on the way back each segment runs a second time, now with
 * all that its gradient needs, just before it (Chen et al. 2016, <a
 * href="https://arxiv.org/abs/1604.06174">arXiv 1604.06174</a>; for DenseNets Pleiss et al. 2017,
 * <a href="https://arxiv.org/abs/1707.06990">arXiv 1707.06990</a>). The last segment runs once, so
 * that a network of one segment trains in the plain way.
 */
public final class TrainingPass {
  private final NodeRunner runner;
  private final List<Segment> segments;
  private final boolean[] learning;
  private final NDArray[] values;

  /** Goes forward. Everything lives in the images' manager. */
  TrainingPass(NodeRunner runner, List<Segment> segments, NDArray images) {
    this.runner = runner;
    this.segments = segments;
    learning = runner.learning();
    values = runner.values(images);
    for (Segment segment : segments.subList(0, segments.size() - 1)) {
      NoGradient.run(() -> runner.run(segment, values, true));
      learning(segment).forEach(output -> values[output].setRequiresGradient(true));
    }
    runner.run(last(), values, true);
  }

  private Segment last() {
    return segments.get(segments.size() - 1);
  }

  private List<Integer> learning(Segment segment) {
    return segment.outputs().stream().filter(output -> learning[output]).toList();
  }

  /** Of shape (N, classes). */
  public NDArray logits() {
    return values[values.length - 1];
  }

  /** Adds the gradient of a loss, a scalar made of the logits, to that of every parameter. */
  public void backward(NDArray loss, GradientCollector gradients) {
    gradients.backward(loss);
    for (int i = segments.size() - 2; i >= 0; i--) {
      List<Integer> outputs = learning(segments.get(i));
      if (!outputs.isEmpty()) {
        backward(segments.get(i), outputs);
      }
    }
  }

  private void backward(Segment segment, List<Integer> outputs) {
    NDArray[] again = values.clone();
    runner.runAgain(segment, again);
    for (int output : outputs) {
      boolean more = output != outputs.get(outputs.size() - 1);
      try (NDArray gradient = values[output].getGradient()) {
        backward(again[output], gradient, more);
      }
    }
    for (int output : segment.outputs()) {
      again[output].close();
      values[output].close();
    }
  }

  private static void backward(NDArray value, NDArray gradient, boolean keepGraph) {
    JniUtils.backward((PtNDArray) value, (PtNDArray) gradient, keepGraph, false);
  }
}
