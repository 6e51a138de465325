package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.network.graph.ParameterSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every network of the catalogue keeps. A new one is picked up by itself. Images are small,
 * and the wide linear layers of VGG and AlexNet narrow, so that it takes seconds a network.
 */
class NetworkContractTest {
  private static final int SIZE = 32;
  private static final int CLASSES = 5;
  private static final long COMPACT = 12_000_000;

  /** Formula weights let sums of many residual blocks grow, and what bfloat16 rounds with them. */
  private static final Set<String> UNSTEADY =
      Set.of(
          "resnet-56",
          "resnet-110",
          "resnext-50-32x4d",
          "resnext-101-32x8d",
          "shufflenet-v1-x1.0",
          "shufflenet-v1-x1.5",
          "sknet-50");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("io.ocellus.network.Networks#names")
  void deployGraphsAndOnnxComputeWhatTheTrainingBlockDoesInEvaluationMode(String name)
      throws IOException {
    Network network = network(name, CLASSES);
    StateDict weights = FormulaWeights.of(network);
    Path file = folder.resolve("model.pt");
    TorchScript.write(network, weights, Normalization.NONE, file);
    long full = Files.size(file);
    assertThat(full).isBetween(network.deployBytes(), 2 * network.deployBytes());
    int size = size(network);
    float[] images = FormulaWeights.images(2, size);

    float[] deployed = Running.deployed(file, images, size);
    float[] trained = Running.block(network, weights, images, size);

    Path onnx = folder.resolve("model.onnx");
    Onnx.write(network, weights, Normalization.NONE, size, Map.of(), onnx);

    Logits.assertClose(deployed, trained, tolerance(trained));
    Logits.assertClose(Running.onnx(onnx, images, size), trained, tolerance(trained));
    assertThat(deployed).hasSize(2 * CLASSES);

    TorchScript.write(network, weights, Normalization.NONE, ElementType.BF16, file);
    float[] lower = Running.deployed(file, images, size);

    assertThat(Files.size(file)).isLessThan(full);
    assertThat(lower).isNotEqualTo(deployed);
    Logits.assertClose(lower, deployed, bfloat16Tolerance(name));
  }

  @ParameterizedTest
  @MethodSource("io.ocellus.network.Networks#names")
  void summaryCountsEveryParameter(String name) {
    Network network = network(name, CLASSES);
    Summary summary = network.summary(size(network));
    assertThat(summary.parameters()).isEqualTo(network.parameters());
    assertThat(summary.multiplyAdds()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("io.ocellus.network.Networks#names")
  void headAloneDependsOnTheClasses(String name) {
    Network five = network(name, CLASSES);
    Map<String, ParameterSpec> seven = network(name, CLASSES + 2).stateDictSpecs();
    five.stateDictSpecs()
        .forEach(
            (key, spec) -> {
              if (key.startsWith(five.head() + ".")) {
                assertThat(spec.shape().get(0)).as(key).isEqualTo(CLASSES);
                assertThat(seven.get(key).shape().get(0)).as(key).isEqualTo(CLASSES + 2);
              } else {
                assertThat(spec).as(key).isEqualTo(seven.get(key));
              }
            });
    assertThat(five.stateDictSpecs()).containsKey(five.head() + ".weight");
  }

  @ParameterizedTest
  @MethodSource("compact")
  void weightsSurviveAFile(String name) {
    Network network = network(name, CLASSES);
    StateDict weights = numbered(network);
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(weights, file);
    StateDict read = Safetensors.read(file);

    assertThat(read.entries().keySet()).containsExactlyElementsOf(weights.entries().keySet());
    weights
        .entries()
        .forEach(
            (key, tensor) -> {
              assertThat(read.get(key).shape()).as(key).isEqualTo(tensor.shape());
              assertThat(read.get(key).values()).as(key).isEqualTo(tensor.values());
            });
  }

  /**
   * Under formula weights each residual block adds more than it takes. Through the 54 of ResNet-110
   * logits become 1e24, and the rounding of floats grows with them.
   */
  private static double tolerance(float[] logits) {
    return Math.abs(logits[0]) > 1e12 ? 1e-3 : 1e-4;
  }

  private static double bfloat16Tolerance(String name) {
    if (name.contains("densenet")) {
      return 0.02;
    }
    return UNSTEADY.contains(name) ? 0.6 : 0.1;
  }

  /** Those of which a file is written and read in a moment; every family has one. */
  private static List<String> compact() {
    return Networks.names().stream()
        .filter(name -> network(name, CLASSES).parameters() < COMPACT)
        .toList();
  }

  private static Network network(String name, int classes) {
    boolean wide = name.startsWith("vgg-") || name.equals("alexnet");
    Map<String, String> options = wide ? Map.of("hidden-units", "32") : Map.of();
    return Networks.create(new NetworkSpec(name, classes, options));
  }

  private static int size(Network network) {
    return Math.max(SIZE, network.graph().smallestSize());
  }

  /** Each entry filled with its place, so that a mix-up shows. */
  private static StateDict numbered(Network network) {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    network
        .stateDictSpecs()
        .forEach(
            (key, spec) -> {
              long[] shape = spec.shape().getShape();
              float[] values = new float[Tensor.elements(shape)];
              Arrays.fill(values, entries.size());
              entries.put(key, new Tensor(shape, values));
            });
    return new StateDict(entries);
  }
}
