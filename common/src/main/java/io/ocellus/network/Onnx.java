package io.ocellus.network;

import ai.djl.ndarray.types.Shape;
import io.ocellus.network.graph.Node;
import io.ocellus.network.onnx.OnnxFile;
import io.ocellus.network.onnx.OnnxGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the deploy graph as <a href="https://onnx.ai">ONNX</a>, opset 17: input {@code images},
 * float32 RGB {@code (N, 3, size, size)} with values in [0,1]; output {@code logits}, {@code (N,
 * classes)}. It normalises inside, has its batch norms folded, and says squeeze-and-excitation in
 * the way that suits ONNX Runtime on CPUs. The same weights give the same bytes.
 */
public final class Onnx {
  /** Name of the input. */
  public static final String IMAGES = "images";

  private static final String LOGITS = "logits";
  private static final String MEAN = "normalization.mean";
  private static final String INVERSE_STD = "normalization.inverse_std";

  private Onnx() {}

  /**
   * Writes the file, over whatever is at that path.
   *
   * @param size width and height of the images in pixels
   * @param metadata what is said in the file beside the graph, by key
   * @throws IllegalArgumentException where the weights are not the network's
   * @throws UncheckedIOException where the file cannot be written
   */
  public static void write(
      Network network,
      StateDict weights,
      Normalization normalization,
      int size,
      Map<String, String> metadata,
      Path file) {
    Deployable deployable = GateByConvolution.apply(Deployable.of(network, weights));
    OnnxGraph graph = new OnnxGraph();
    OnnxFile onnx = new OnnxFile(graph);
    onnx.input(IMAGES, 3, size, size);
    onnx.weight(MEAN, new long[] {1, 3, 1, 1}, normalization.means());
    onnx.weight(INVERSE_STD, new long[] {1, 3, 1, 1}, normalization.inverseStds());
    String centred = graph.output("Sub", IMAGES, MEAN);
    String logits = nodes(deployable, graph, size, graph.output("Mul", centred, INVERSE_STD));
    onnx.output(LOGITS, logits, network.spec().classes());
    deployable.graph().nodes().stream()
        .flatMap(node -> deployable.keys(node).stream())
        .distinct()
        .forEach(key -> weight(onnx, key, deployable));
    onnx.metadata(metadata);
    try {
      onnx.write(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The ONNX graph cannot be written to " + file, e);
    }
  }

  private static String nodes(Deployable deployable, OnnxGraph onnx, int size, String images) {
    List<Node> nodes = deployable.graph().nodes();
    List<Shape> shapes = deployable.graph().shapes(size);
    List<String> outputs = new ArrayList<>(List.of(images));
    onnx.shape(images, shapes.get(0));
    for (int i = 1; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      onnx.at(node.name());
      List<String> inputs = node.inputs().stream().map(outputs::get).toList();
      String output = node.op().onnx(onnx, inputs, deployable.keys(node));
      onnx.shape(output, shapes.get(i));
      outputs.add(output);
    }
    return outputs.get(outputs.size() - 1);
  }

  private static void weight(OnnxFile file, String key, Deployable deployable) {
    Tensor tensor = deployable.weights().get(key);
    file.weight(key, tensor.shape(), tensor.values());
  }
}
