package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;
import java.util.Optional;

/**
 * One kind of node in a {@link Graph}. Everything that has to be known of it is in its record: what
 * it learns, what shape it gives, how it runs on arrays and how TorchScript and ONNX say it. So a
 * new operation is one record, and nothing else changes.
 *
 * <p>Shapes leave out the batch dimension: {@code (C, H, W)} for maps, {@code (F)} for vectors.
 */
public sealed interface Op
    permits AdaptiveAvgPool,
        Add,
        Adjoint,
        AffineSample,
        AvgPool,
        BatchNorm,
        ChannelConv,
        ChannelMax,
        ChannelMean,
        ChannelShuffle,
        Concat,
        Conv,
        Dropout,
        Flatten,
        Gain,
        GlobalMaxPool,
        GlobalPool,
        Input,
        Linear,
        MatMul,
        MaxPool,
        Multiply,
        PadChannels,
        Peak,
        Relu,
        Relu6,
        Reshape,
        ReshapeAs,
        ResizeAs,
        Scale,
        Sigmoid,
        Slice,
        Softmax,
        Unflatten,
        Window {

  /** What it learns or tracks, in state dict order. */
  default List<ParameterSpec> parameters() {
    return List.of();
  }

  /** The shape of the output. */
  Shape shape(List<Shape> inputs);

  /**
   * Runs it. The result is a new array that belongs to the first input's manager.
   *
   * @param parameters those of {@link #parameters()} that are arrays (not counters), in that order
   * @param training whether batch statistics and dropout are on
   */
  NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training);

  /** In what it computes where precision is mixed. */
  default Autocast autocast() {
    return Autocast.AS_GIVEN;
  }

  /**
   * The TorchScript expression of it in evaluation mode, given the expressions of inputs and
   * parameters. Only operators that PyTorch has had since 1.10.
   */
  String torchScript(List<String> inputs, List<String> parameters);

  /**
   * The same where it may overwrite its one input, whose expression is given; empty where it has no
   * such form.
   */
  default Optional<String> torchScriptInPlace(String input) {
    return Optional.empty();
  }

  /**
   * Writes it in evaluation mode as ONNX nodes of opset 17 and names the output, given the names of
   * inputs and parameters.
   */
  String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters);

  /** Multiplications and additions in pairs for one image; convolutions and linear layers only. */
  default long multiplyAdds(Shape output) {
    return 0;
  }

  /** Whether the output in evaluation mode has memory of its own, so that it may be overwritten. */
  default boolean givesNewMemory() {
    return true;
  }

  /** Whether gradients go back through it; none do through a hard choice. */
  default boolean passesGradient() {
    return true;
  }

  /** What a layer table calls it. */
  String label();
}
