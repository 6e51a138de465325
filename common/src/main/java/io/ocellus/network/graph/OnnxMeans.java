package io.ocellus.network.graph;

import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.function.ToIntFunction;

/**
 * Means over windows that ONNX's pools cannot say, as two matrix products: one along the columns of
 * each map, one along its rows.
 *
 * @param count how many windows there are along so many pixels
 * @param windows which pixels each sees
 */
record OnnxMeans(ToIntFunction<Long> count, Windowing windows) {

  /** The pixels of one window. */
  @FunctionalInterface
  interface Windowing {
    Range of(int window, int pixels);
  }

  /**
   * @param from the first pixel
   * @param to the one behind the last
   * @param divisor what the sum is divided by
   */
  record Range(int from, int to, int divisor) {}

  /** Writes the products and names the output. */
  String write(OnnxGraph graph, String input) {
    Shape in = graph.shape(input);
    String rows = graph.output("MatMul", matrix(graph, in.get(1), false), input);
    return graph.output("MatMul", rows, matrix(graph, in.get(2), true));
  }

  private String matrix(OnnxGraph graph, long along, boolean transposed) {
    int pixels = Math.toIntExact(along);
    int means = count.applyAsInt(along);
    graph.reserve((long) means * pixels);
    float[] matrix = new float[Math.multiplyExact(means, pixels)];
    for (int mean = 0; mean < means; mean++) {
      Range range = windows.of(mean, pixels);
      for (int pixel = range.from(); pixel < range.to(); pixel++) {
        matrix[transposed ? pixel * means + mean : mean * pixels + pixel] = 1f / range.divisor();
      }
    }
    return graph.floats(
        transposed ? new long[] {pixels, means} : new long[] {means, pixels}, matrix);
  }
}
