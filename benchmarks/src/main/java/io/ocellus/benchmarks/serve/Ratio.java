package io.ocellus.benchmarks.serve;

import io.ocellus.benchmarks.serve.contender.ContenderKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of the few figures that a cell comes to. */
record Ratio(String name, String value, String note) {
  static List<Ratio> of(Cell cell) {
    List<Ratio> ratios = new ArrayList<>();
    Optional<Figures> ocellus = figures(cell, ContenderKind.OCELLUS);
    ocellus.ifPresent(
        figures -> {
          add(
              ratios,
              "topic to topic over bare forward",
              figures.overBare(),
              "%.3f",
              "same graph, batch and threads");
          add(ratios, "over Kafka Streams", figures.overStreams(), "%.2f", "images/s");
        });
    add(
        ratios,
        "forward, ONNX Runtime over PyTorch",
        onnxOverPyTorch(cell),
        "%.2f",
        "same weights, batch and threads");
    ocellus.ifPresent(
        figures -> {
          add(
              ratios,
              "lone image: median less forward",
              figures.loneOverheadMillis(),
              "%.1f ms",
              "topic to topic, committed");
          add(
              ratios,
              "steady: p99 in batch times",
              figures.steadyP99Batches(),
              "%.2f",
              "of a full batch's forward pass");
          add(
              ratios,
              "during a swap: p99 over that of other images",
              figures.swapOverOtherwise(),
              "%.2f",
              "evenly, at a part of its speed");
          add(
              ratios,
              "beside a busy process",
              figures.besideNeighbour(),
              "%.2f",
              "of the speed without");
        });
    return ratios;
  }

  private static @Nullable Double onnxOverPyTorch(Cell cell) {
    Double onnx = figures(cell, ContenderKind.ONNXRUNTIME).map(Figures::overBare).orElse(null);
    Double pytorch = figures(cell, ContenderKind.PYTORCH).map(Figures::overBare).orElse(null);
    return onnx == null || pytorch == null ? null : onnx / pytorch;
  }

  private static void add(
      List<Ratio> ratios, String name, @Nullable Double value, String format, String note) {
    if (value != null) {
      ratios.add(new Ratio(name, Figures.text(value, format), note));
    }
  }

  private static Optional<Figures> figures(Cell cell, ContenderKind kind) {
    return cell.figures().stream().filter(figures -> figures.contender() == kind).findFirst();
  }
}
