package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) as {@code torch.nn.BatchNorm2d}: training normalises
 * by the batch's biased variance and moves the running mean and the running unbiased variance
 * towards the batch's by {@code momentum}. A batch with a single value per channel (one image,
 * pooled to 1x1) has no variance: PyTorch raises there, this uses the running statistics and keeps
 * them.
 *
 * @param channels of input and output
 * @param epsilon added to the variance
 * @param momentum the share of the batch in the running statistics
 */
public record BatchNorm(long channels, float epsilon, float momentum) implements Op {
  static BatchNorm of(long channels) {
    return new BatchNorm(channels, 1e-5f, 0.1f);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.trained("weight", Init.ONES, channels),
        ParameterSpec.trained("bias", Init.ZEROS, channels),
        ParameterSpec.buffer("running_mean", Init.ZEROS, channels),
        ParameterSpec.buffer("running_var", Init.ONES, channels),
        ParameterSpec.counter("num_batches_tracked"));
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }

  /** DJL counts momentum from the other side, and axis -1 is its way to say PyTorch's channels. */
  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    NDArray x = inputs.get(0);
    return x.getNDArrayInternal()
        .batchNorm(
            x,
            parameters.get(2),
            parameters.get(3),
            parameters.get(0),
            parameters.get(1),
            -1,
            1 - momentum,
            epsilon,
            training && x.size() > channels)
        .singletonOrThrow();
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.batch_norm(%s, %s, False, %s, %s, True)"
        .formatted(inputs.get(0), String.join(", ", parameters), momentum, epsilon);
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph
        .node("BatchNormalization", OnnxGraph.joined(inputs, parameters))
        .number("epsilon", epsilon)
        .output();
  }

  @Override
  public String label() {
    return "batch norm";
  }
}
