package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.network.graph.ParameterSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every network of the catalogue keeps. A new one is picked up by itself. */
class NetworkContractTest {
  private static final int SIZE = 32;
  private static final int CLASSES = 5;

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("io.ocellus.network.Networks#names")
  void deployGraphAndOnnxComputeWhatTheTrainingBlockDoesInEvaluationMode(String name)
      throws IOException {
    Network network = Networks.create(new NetworkSpec(name, CLASSES));
    StateDict weights = FormulaWeights.of(network);
    Path file = folder.resolve("model.pt");
    TorchScript.write(network, weights, Normalization.NONE, file);
    assertThat(Files.size(file)).isBetween(network.deployBytes(), 2 * network.deployBytes());
    float[] images = FormulaWeights.images(2, SIZE);

    float[] deployed = Running.deployed(file, images, SIZE);
    float[] trained = Running.block(network, weights, images, SIZE);

    Path onnx = folder.resolve("model.onnx");
    Onnx.write(network, weights, Normalization.NONE, SIZE, Map.of(), onnx);

    Logits.assertClose(deployed, trained, 1e-4);
    Logits.assertClose(Running.onnx(onnx, images, SIZE), trained, 1e-4);
    assertThat(deployed).hasSize(2 * CLASSES);
  }

  @ParameterizedTest
  @MethodSource("io.ocellus.network.Networks#names")
  void summaryCountsEveryParameter(String name) {
    Network network = Networks.create(new NetworkSpec(name, CLASSES));
    assertThat(network.summary(SIZE).parameters()).isEqualTo(network.parameters());
    assertThat(network.summary(SIZE).multiplyAdds()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("io.ocellus.network.Networks#names")
  void headAloneDependsOnTheClasses(String name) {
    Network five = Networks.create(new NetworkSpec(name, CLASSES));
    Map<String, ParameterSpec> seven =
        Networks.create(new NetworkSpec(name, CLASSES + 2)).stateDictSpecs();
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
  @MethodSource("io.ocellus.network.Networks#names")
  void weightsSurviveAFile(String name) {
    Network network = Networks.create(new NetworkSpec(name, CLASSES));
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
