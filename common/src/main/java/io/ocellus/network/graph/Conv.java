package io.ocellus.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.ocellus.network.onnx.OnnxGraph;
import java.util.List;
import java.util.stream.Stream;

/**
 * A convolution with a square kernel, zero padding on every side: {@code torch.nn.Conv2d}.
 *
 * @param channels of the input
 * @param filters channels of the output
 * @param kernel height and width of the kernel
 * @param stride in both directions
 * @param padding zeros on each side
 * @param dilation distance between the kernel's taps
 * @param groups how many independent parts the channels fall into
 * @param bias whether each filter has one
 * @param init how the kernels start
 */
public record Conv(
    long channels,
    long filters,
    int kernel,
    int stride,
    int padding,
    int dilation,
    int groups,
    boolean bias,
    Init init)
    implements Op {
  public Conv {
    if (channels % groups != 0 || filters % groups != 0) {
      throw new IllegalArgumentException(
          "%d channels and %d filters do not fall into %d groups"
              .formatted(channels, filters, groups));
    }
  }

  public Conv(
      long channels,
      long filters,
      int kernel,
      int stride,
      int padding,
      int dilation,
      int groups,
      boolean bias) {
    this(channels, filters, kernel, stride, padding, dilation, groups, bias, Init.KAIMING_NORMAL);
  }

  /** The same with a bias, as folding leaves it. */
  public Conv withBias() {
    return new Conv(channels, filters, kernel, stride, padding, dilation, groups, true, init);
  }

  /** The same with kernels that start in another way. */
  public Conv startingWith(Init other) {
    return new Conv(channels, filters, kernel, stride, padding, dilation, groups, bias, other);
  }

  /** Whether each output pixel depends on the input pixel at its place alone. */
  public boolean pointwise() {
    return kernel == 1 && stride == 1 && padding == 0;
  }

  /** Whether it is pointwise on every stride-th pixel of each row and column. */
  public boolean stridedPointwise() {
    return kernel == 1 && stride > 1 && padding == 0;
  }

  /** The same for an input that has been thinned out already. */
  public Conv withoutStride() {
    return new Conv(channels, filters, kernel, 1, padding, dilation, groups, bias, init);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return Stream.of(
            ParameterSpec.trained("weight", init, filters, channels / groups, kernel, kernel),
            ParameterSpec.trained("bias", Init.ZEROS, filters))
        .limit(bias ? 2 : 1)
        .toList();
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape in = inputs.get(0);
    return new Shape(filters, extent(in.get(1)), extent(in.get(2)));
  }

  private long extent(long in) {
    long way = in + 2L * padding - (long) dilation * (kernel - 1) - 1;
    return Math.max(0, Math.floorDiv(way, (long) stride) + 1);
  }

  @Override
  public NDArray run(List<NDArray> inputs, List<NDArray> parameters, boolean training) {
    NDArray x = inputs.get(0);
    return x.getNDArrayInternal()
        .convolution(
            x,
            parameters.get(0),
            bias ? parameters.get(1) : null,
            new Shape(stride, stride),
            new Shape(padding, padding),
            new Shape(dilation, dilation),
            groups)
        .singletonOrThrow();
  }

  @Override
  public Autocast autocast() {
    return Autocast.LOWER;
  }

  @Override
  public String torchScript(List<String> inputs, List<String> parameters) {
    return "torch.conv2d(%s, %s, %s, [%s, %s], [%s, %s], [%s, %s], %s)"
        .formatted(
            inputs.get(0),
            parameters.get(0),
            bias ? parameters.get(1) : "None",
            stride,
            stride,
            padding,
            padding,
            dilation,
            dilation,
            groups);
  }

  @Override
  public String onnx(OnnxGraph graph, List<String> inputs, List<String> parameters) {
    return graph
        .node("Conv", OnnxGraph.joined(inputs, parameters))
        .integers("kernel_shape", kernel, kernel)
        .integers("strides", stride, stride)
        .integers("pads", padding, padding, padding, padding)
        .integers("dilations", dilation, dilation)
        .integer("group", groups)
        .output();
  }

  @Override
  public long multiplyAdds(Shape output) {
    return output.size() * (channels / groups) * kernel * kernel;
  }

  @Override
  public String label() {
    return "conv %sx%s%s%s"
        .formatted(
            kernel,
            kernel,
            stride == 1 ? "" : " stride " + stride,
            groups == 1 ? "" : " groups " + groups);
  }
}
