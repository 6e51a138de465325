package io.ocellus.network.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withPrecision;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ocellus.network.MalformedWeightsException;
import io.ocellus.network.Network;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.Normalization;
import io.ocellus.network.Safetensors;
import io.ocellus.network.StateDict;
import io.ocellus.network.Tensor;
import io.ocellus.network.TorchScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedWeightsTest {
  private static final Path FIXTURES = Path.of("src/test/resources/io/ocellus/network/weights");
  private static final Path REFERENCE = Path.of("../../shared/reference");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"plain.pt", "legacy.pt", "protocol4.pt", "protocol4-legacy.pt"})
  void readsABareStateDictOfEitherFormatInOrder(String file) {
    PublishedWeights read = PublishedWeights.read(FIXTURES.resolve(file));

    assertThat(read.key()).isEmpty();
    assertThat(read.weights().entries().keySet())
        .containsExactly("layer.weight", "layer.bias", "norm.num_batches_tracked");
    assertTensor(read, "layer.weight", new long[] {3, 4}, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertTensor(read, "layer.bias", new long[] {3}, 0.5f, -1.5f, 2.25f);
    assertTensor(read, "norm.num_batches_tracked", new long[0], 7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"views.pt", "views-legacy.pt"})
  void viewsOfOneStorageAndEveryTypeBecomePlainFloats(String file) {
    PublishedWeights read = PublishedWeights.read(FIXTURES.resolve(file));

    assertTensor(read, "transposed", new long[] {4, 3}, 0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
    assertTensor(read, "column", new long[] {3}, 1, 5, 9);
    assertTensor(read, "part", new long[] {2, 2}, 6, 7, 10, 11);
    assertTensor(
        read,
        "half",
        new long[] {6},
        1,
        -2.5f,
        65504,
        6.1e-5f + 9.0e-9f,
        0x1p-24f,
        Float.POSITIVE_INFINITY);
    assertTensor(read, "bfloat16", new long[] {3}, 1, -2.5f, 3.004e38f);
    assertTensor(read, "double", new long[] {2}, 0.1f, -1e-3f);
    assertTensor(read, "scalar", new long[0], 3.5f);
    assertTensor(read, "empty", new long[] {0, 3});
    assertTensor(read, "flags", new long[] {2}, 1, 0);
  }

  @Test
  void ofACheckpointTheMovingAverageIsTakenAndTheWrappersNamesAreNot() {
    PublishedWeights read = PublishedWeights.read(FIXTURES.resolve("checkpoint.pt"));

    assertThat(read.key()).isEqualTo("state_dict_ema");
    assertThat(read.weights().entries().keySet()).containsExactly("layer.weight", "layer.bias");
    assertTensor(read, "layer.weight", new long[] {1, 2}, 4, 5);
  }

  @Test
  void laterProtocolsOfPickleAreReadWithWhatTrainingScriptsPutBeside() {
    PublishedWeights read = PublishedWeights.read(FIXTURES.resolve("protocol5.pt"));

    assertThat(read.key()).isEqualTo("state_dict");
    assertTensor(read, "layer.bias", new long[] {3}, 0.5f, -1.5f, 2.25f);
  }

  @Test
  void oldDenseNetNamesBecomeTodays() {
    Map<String, Tensor> old = new LinkedHashMap<>();
    for (String name :
        new String[] {
          "features.norm0.weight",
          "features.denseblock1.denselayer1.norm.1.running_var",
          "features.denseblock1.denselayer1.conv.2.weight"
        }) {
      old.put("module." + name, new Tensor(new long[] {1}, new float[1]));
    }
    Path file = folder.resolve("old.safetensors");
    Safetensors.write(new StateDict(old), file);

    assertThat(PublishedWeights.read(file).weights().entries().keySet())
        .containsExactly(
            "features.norm0.weight",
            "features.denseblock1.denselayer1.norm1.running_var",
            "features.denseblock1.denselayer1.conv2.weight");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.pt", "evil-legacy.pt"})
  void aPickleThatWantsToRunSomethingIsRefusedByTheNameOfIt(String file) {
    assertThatThrownBy(() -> PublishedWeights.read(FIXTURES.resolve(file)))
        .isInstanceOf(MalformedWeightsException.class)
        .hasMessageContaining(file + " is no PyTorch file of weights")
        .hasMessageContaining("asks for the Python object posix.system")
        .hasMessageContaining("nothing in it was run");
  }

  @Test
  void aTorchScriptArchiveIsNoStateDict() {
    Network network = Networks.create(new NetworkSpec("se-densenet-light", 2));
    Path file = folder.resolve("model.pt");
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    network
        .stateDictSpecs()
        .forEach(
            (name, spec) -> {
              long[] shape = spec.shape().getShape();
              zeros.put(name, new Tensor(shape, new float[Tensor.elements(shape)]));
            });
    TorchScript.write(network, new StateDict(zeros), Normalization.NONE, file);

    assertThatThrownBy(() -> PublishedWeights.read(file))
        .isInstanceOf(MalformedWeightsException.class)
        .hasMessageContaining("TorchScript archive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.pt", "legacy.pt"})
  void aFileCutAnywhereIsRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURES.resolve(name));
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> PublishedWeights.read(cut))
          .as("cut at %d", length)
          .isInstanceOf(MalformedWeightsException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.pt", "legacy.pt", "views.pt", "views-legacy.pt", "checkpoint.pt"})
  void aDamagedFileIsReadOrRefusedButNothingElse(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURES.resolve(name));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("damaged.pt"), damaged);
      try {
        assertThat(PublishedWeights.read(file).weights().entries()).isNotNull();
      } catch (MalformedWeightsException e) {
        assertThat(e).hasMessageContaining("damaged.pt is no ");
      }
    }
  }

  @Test
  void aFileThatIsNotThereIsNotCalledMalformed() {
    assertThatThrownBy(() -> PublishedWeights.read(folder.resolve("none.pth")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.pth");
  }

  @ParameterizedTest
  @CsvSource({"resnet20-12fca82f.th, state_dict, 97"})
  void publishedWeightsEqualTheirSafetensors(String name, String key, int entries) {
    Path file = REFERENCE.resolve(name);
    assumeThat(file).as("the reference folder").exists();
    PublishedWeights torch = PublishedWeights.read(file);
    PublishedWeights safe =
        PublishedWeights.read(REFERENCE.resolve(name.replace(".th", ".safetensors")));

    assertThat(torch.key()).isEqualTo(key);
    assertThat(torch.weights().entries()).hasSize(entries);
    assertThat(torch.weights().entries().keySet())
        .containsExactlyInAnyOrderElementsOf(safe.weights().entries().keySet());
    torch
        .weights()
        .entries()
        .forEach(
            (entry, tensor) -> {
              assertThat(tensor.shape()).as(entry).isEqualTo(safe.weights().get(entry).shape());
              assertThat(tensor.values()).as(entry).isEqualTo(safe.weights().get(entry).values());
            });
  }

  private static void assertTensor(
      PublishedWeights read, String name, long[] shape, float... values) {
    Tensor tensor = read.weights().get(name);
    assertThat(tensor.shape()).as(name).isEqualTo(shape);
    assertThat(tensor.values()).as(name).hasSize(values.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(tensor.values()[i])
          .as("%s[%d]", name, i)
          .isEqualTo(values[i], withPrecision(Math.abs(values[i]) * 1e-3f));
    }
  }
}
