package io.ocellus.network;

import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.Node;
import io.ocellus.network.graph.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints a graph as the TorchScript class {@code __torch__.Network}. */
final class TorchScriptSource {
  static final String MEAN = "normalization_mean";
  static final String INVERSE_STD = "normalization_inverse_std";

  /** {@code c10::MemoryFormat::ChannelsLast}. */
  private static final int CHANNELS_LAST = 2;

  private final Deployable deployable;
  private final ElementType lower;
  private final int[] uses;
  private final List<ElementType> types = new ArrayList<>();

  /**
   * @param lower in what convolutions and linear layers compute, and what runs between them
   */
  TorchScriptSource(Deployable deployable, ElementType lower) {
    this.deployable = deployable;
    this.lower = lower;
    this.uses = deployable.graph().uses();
    deployable.graph().nodes().forEach(node -> types.add(type(node)));
  }

  /** The attribute that holds the weights of that state dict name. */
  static String attribute(String key) {
    return key.replace('.', '_');
  }

  /** As buffers, the tensors follow {@code Module.to(device)}. */
  String text(Set<String> attributes) {
    StringBuilder text = new StringBuilder("class Network(Module):\n  __parameters__ = []\n");
    text.append(
        attributes.stream()
            .map("\"%s\", "::formatted)
            .collect(Collectors.joining("", "  __buffers__ = [", "]\n")));
    attributes.forEach(name -> text.append("  %s : Tensor%n".formatted(name)));
    text.append("  training : bool\n");
    text.append("  def forward(self: __torch__.Network,\n    images: Tensor) -> Tensor:\n");
    text.append(
        "    x0 = torch.contiguous(torch.mul(torch.sub(images, self.%s), self.%s), memory_format=%s)%n"
            .formatted(MEAN, INVERSE_STD, CHANNELS_LAST));
    Graph graph = deployable.graph();
    for (int i = 1; i < graph.nodes().size(); i++) {
      text.append("    x%s = %s%n".formatted(i, expression(i)));
    }
    return text.append("    return %s%n".formatted(in(ElementType.F32, graph.nodes().size() - 1)))
        .toString()
        .replace("\r\n", "\n");
  }

  private String expression(int index) {
    Node node = deployable.graph().nodes().get(index);
    ElementType type = types.get(index);
    List<String> inputs = node.inputs().stream().map(input -> in(type, input)).toList();
    List<String> weights =
        deployable.keys(node).stream().map(key -> "self." + attribute(key)).toList();
    return Optional.of(node)
        .filter(n -> mayOverwrite(n.inputs().get(0)))
        .flatMap(n -> n.op().torchScriptInPlace(inputs.get(0)))
        .orElseGet(() -> node.op().torchScript(inputs, weights));
  }

  private ElementType type(Node node) {
    List<ElementType> inputs = node.inputs().stream().map(types::get).toList();
    return node.op().autocast().type(inputs, lower, ElementType.F32);
  }

  private String in(ElementType type, int node) {
    String value = "x" + node;
    return types.get(node) == type ? value : "torch.to(%s, %s)".formatted(value, type.scalarType());
  }

  private boolean mayOverwrite(int input) {
    Op op = deployable.graph().nodes().get(input).op();
    return input > 0 && uses[input] == 1 && op.givesNewMemory();
  }
}
