package io.ocellus.network;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a TorchScript source against the few forms of line that {@link TorchScriptSource} prints.
 * Each operation is a function of tensors and numbers; an operation that a new {@code Op} prints is
 * added here.
 */
final class DeploySourceCheck {
  private static final Set<String> OPERATIONS =
      Set.of(
          "adaptive_avg_pool2d",
          "add",
          "affine_grid_generator",
          "amax",
          "argmax",
          "avg_pool2d",
          "batch_norm",
          "cat",
          "channel_shuffle",
          "constant_pad_nd",
          "contiguous",
          "conv1d",
          "conv2d",
          "flatten",
          "grid_sampler",
          "hardtanh",
          "hardtanh_",
          "linear",
          "matmul",
          "max_pool2d",
          "mean",
          "mul",
          "narrow",
          "relu",
          "relu_",
          "reshape",
          "reshape_as",
          "sigmoid",
          "size",
          "softmax",
          "squeeze",
          "sub",
          "transpose",
          "type_as",
          "unsqueeze",
          "upsample_bilinear2d");

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

  private static final List<Pattern> HEAD =
      List.of(
          Pattern.compile("class Network\\(Module\\):"),
          Pattern.compile("  __parameters__ = \\[\\]"),
          Pattern.compile("  __buffers__ = \\[[A-Za-z0-9_\", ]*\\]"));
  private static final Pattern ATTRIBUTE =
      Pattern.compile("  (%s : Tensor|training : bool)".formatted(NAME));
  private static final List<Pattern> METHOD =
      List.of(
          Pattern.compile("  def forward\\(self: __torch__\\.Network,"),
          Pattern.compile("    images: Tensor\\) -> Tensor:"));
  private static final Pattern STEP =
      Pattern.compile("    x\\d+ = (?<expression>torch\\..*|x\\d+)");
  private static final Pattern RETURN = Pattern.compile("    return x\\d+");

  /** What an expression consists of. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "torch\\.(?<operation>%s)\\(|self\\.%s(?!\\w|\\()|x\\d+|images|memory_format=|True|False|None"
                  .formatted(NAME, NAME)
              + "|-?\\d+(\\.\\d+)?([eE]-?\\d+)?|[\\[\\](), ]");

  private DeploySourceCheck() {}

  /** What the text says beyond a deploy graph; empty where nothing. */
  static Optional<String> complaint(String source) {
    Iterator<String> lines = List.of(source.split("\n", -1)).iterator();
    return forms(HEAD, lines)
        .or(() -> attributesAndMethod(lines))
        .or(() -> steps(lines))
        .or(() -> rest(lines));
  }

  private static Optional<String> forms(List<Pattern> forms, Iterator<String> lines) {
    for (Pattern form : forms) {
      String line = next(lines);
      if (!form.matcher(line).matches()) {
        return strange(line);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> attributesAndMethod(Iterator<String> lines) {
    String line = next(lines);
    while (ATTRIBUTE.matcher(line).matches()) {
      line = next(lines);
    }
    return METHOD.get(0).matcher(line).matches()
        ? forms(METHOD.subList(1, METHOD.size()), lines)
        : strange(line);
  }

  private static Optional<String> steps(Iterator<String> lines) {
    String line = next(lines);
    while (!RETURN.matcher(line).matches()) {
      Matcher step = STEP.matcher(line);
      Optional<String> complaint =
          step.matches() ? expression(step.group("expression")) : strange(line);
      if (complaint.isPresent()) {
        return complaint;
      }
      line = next(lines);
    }
    return Optional.empty();
  }

  private static Optional<String> expression(String expression) {
    Matcher token = TOKEN.matcher(expression);
    int at = 0;
    while (at < expression.length()) {
      if (!token.find(at) || token.start() != at) {
        return strange(expression.substring(at));
      }
      String operation = token.group("operation");
      if (operation != null && !OPERATIONS.contains(operation)) {
        return Optional.of("it calls torch." + DeployGraphCheck.printable(operation));
      }
      at = token.end();
    }
    return Optional.empty();
  }

  private static Optional<String> rest(Iterator<String> lines) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (!line.isEmpty()) {
        return strange(line);
      }
    }
    return Optional.empty();
  }

  private static String next(Iterator<String> lines) {
    return lines.hasNext() ? lines.next() : "";
  }

  private static Optional<String> strange(String text) {
    return Optional.of("its code says \"%s\"".formatted(DeployGraphCheck.printable(text)));
  }
}
