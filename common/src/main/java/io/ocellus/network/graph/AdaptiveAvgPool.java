package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;

/**
 * Means over windows that are chosen so that maps of any extent give maps of one: {@code
 * torch.nn.AdaptiveAvgPool2d}. So the linear layers behind it take images of any size.
 *
 * @param extent height and width of the output
 */
public record AdaptiveAvgPool(int extent) implements Op {
  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(inputs.get(0).get(0), extent, extent);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    return JniUtils.adaptiveAvgPool((PtNDArray) inputs.get(0), new Shape(extent, extent));
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.adaptive_avg_pool2d(%s, [%s, %s])".formatted(inputs.get(0), extent, extent);
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    if (extent == 1) {
      return graph.output("GlobalAveragePool", inputs.get(0));
    }
    return new OnnxMeans(
            pixels -> extent,
            (mean, pixels) -> {
              int from = mean * pixels / extent;
              int to = ((mean + 1) * pixels + extent - 1) / extent;
              return new OnnxMeans.Range(from, to, to - from);
            })
        .write(graph, inputs.get(0));
  }

  @Override
  public String label() {
    return "adaptive avg pool to %sx%s".formatted(extent, extent);
  }
}
