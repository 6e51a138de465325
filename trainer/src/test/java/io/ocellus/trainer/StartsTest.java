package io.ocellus.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.checkpoint.Lineage;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.config.ConfigurationException;
import io.ocellus.config.ConfigurationLoader;
import io.ocellus.image.Preprocessing;
import io.ocellus.image.Resize;
import io.ocellus.network.Network;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.Normalization;
import io.ocellus.network.Safetensors;
import io.ocellus.network.StateDict;
import io.ocellus.network.Tensor;
import io.ocellus.trainer.publish.ServingVersion;
import io.ocellus.trainer.training.Start;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartsTest {
  private static final String NAME = "se-densenet-light";
  private static final String BACKBONE = "features.conv0.weight";

  private final Network network = Networks.create(new NetworkSpec(NAME, 2));
  private final List<String> classes = List.of("cat", "dog");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void publishWeights() {
    file = folder.resolve("weights.safetensors");
    Safetensors.write(filled(Networks.create(new NetworkSpec(NAME, 10)), 0.5f), file);
  }

  @Test
  void withoutVersionAndFileWeightsAreFresh() {
    assertThat(start(Map.of(), Optional.empty())).isEqualTo(Start.FRESH);
  }

  @Test
  void aFileGivesTheBackboneWhereNoVersionServes() {
    Start start = start(Map.of("training.initial-weights", file.toString()), Optional.empty());

    assertThat(start.kind()).isEqualTo("file-fresh-head");
    assertThat(start.weights().orElseThrow().get(BACKBONE).values()).containsOnly(0.5f);
    assertThat(start.weights().orElseThrow().get("classifier.weight").shape()[0]).isEqualTo(2);
    assertThat(start.account())
        .contains(file.toString())
        .contains("the head classifier starts fresh, for 2 classes (there it has 10)");
  }

  @Test
  void theServingVersionComesBeforeTheFileUnlessWarmStartIsOff() {
    Map<String, String> settings = Map.of("training.initial-weights", file.toString());
    Optional<ServingVersion> serving = Optional.of(serving(network, classes));

    Start warm = start(settings, serving);
    assertThat(warm.kind()).isEqualTo("warm");
    assertThat(warm.account()).startsWith("Training starts from version 3: ");
    assertThat(warm.weights().orElseThrow().get("classifier.weight").values()).containsOnly(0.25f);

    Map<String, String> cold = new LinkedHashMap<>(settings);
    cold.put("training.warm-start", "false");
    assertThat(start(cold, serving).kind()).isEqualTo("file-fresh-head");
  }

  @Test
  void ofAVersionWithOtherClassesTheHeadKeepsWhatItKnows() {
    Start start = start(Map.of(), Optional.of(serving(network, List.of("owl", "dog"))));

    assertThat(start.kind()).isEqualTo("warm-fresh-classes");
    assertThat(start.weights().orElseThrow().get(BACKBONE).values()).containsOnly(0.25f);
    assertThat(start.weights().orElseThrow().get("classifier.bias").values())
        .containsExactly(0, 0.25f);
    assertThat(start.account()).contains("keeps its rows of dog; those of cat start fresh");
  }

  @Test
  void ofAVersionThatKnowsNoneOfTheClassesTheBackboneIsTakenBeTheyAsMany() {
    Start start = start(Map.of(), Optional.of(serving(network, List.of("owl", "wren"))));

    assertThat(start.kind()).isEqualTo("warm-fresh-head");
    assertThat(start.weights().orElseThrow().get(BACKBONE).values()).containsOnly(0.25f);
    assertThat(start.weights().orElseThrow().get("classifier.bias").values()).containsOnly(0);
  }

  @Test
  void aHeadOfTheSameSizeIsTakenByTheNamesInTheFileOrSaidToHaveNone() {
    Safetensors.write(filled(network, 0.5f), List.of("owl", "cat"), file);
    Start named = start(Map.of("training.initial-weights", file.toString()), Optional.empty());
    Safetensors.write(filled(network, 0.5f), file);
    Start unnamed = start(Map.of("training.initial-weights", file.toString()), Optional.empty());

    assertThat(named.kind()).isEqualTo("file-fresh-classes");
    assertThat(named.weights().orElseThrow().get("classifier.bias").values())
        .containsExactly(0.5f, 0);
    assertThat(unnamed.kind()).isEqualTo("file");
    assertThat(unnamed.account()).contains("nothing says what its classes are", "cat, dog");
  }

  @Test
  void aVersionOfAnotherNetworkIsPassedOver() {
    Network other = Networks.create(new NetworkSpec(NAME, 2, Map.of("growth-rate", "4")));

    assertThat(start(Map.of(), Optional.of(serving(other, classes)))).isEqualTo(Start.FRESH);
  }

  @Test
  void aFileThatCannotBeUsedStopsTheTrainerBeforeItStarts() throws Exception {
    assertRefused(folder.resolve("none.pth"), "none.pth");
    assertRefused(
        Files.write(folder.resolve("text.pth"), "text".getBytes(StandardCharsets.UTF_8)),
        "text.pth is no ");
    Path other = folder.resolve("other.safetensors");
    Safetensors.write(filled(Networks.create(new NetworkSpec("mobilenet-v1", 2)), 0), other);
    assertRefused(other, "does not fit the network");
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(
            () -> new Trainer(config(Map.of("training.initial-weights", file.toString()))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("training.initial-weights: ")
        .hasMessageContaining(message);
  }

  private Start start(Map<String, String> settings, Optional<ServingVersion> serving) {
    return Starts.of(config(settings).training(), network, classes, serving);
  }

  private static TrainerConfig config(Map<String, String> settings) {
    Map<String, String> values = new LinkedHashMap<>(settings);
    values.put("network.name", NAME);
    return new ConfigurationLoader<>(TrainerConfig.class).load(values);
  }

  private static ServingVersion serving(Network network, List<String> classes) {
    Manifest manifest =
        new Manifest(
            "default",
            3,
            Instant.EPOCH,
            network.spec(),
            classes,
            new Preprocessing(32, Resize.STRETCH, Normalization.IMAGENET),
            1,
            Map.of(),
            List.of(),
            new Lineage("run", "test", 0, List.of(), 1, 1, "none", 1, Map.of(), "test"));
    return new ServingVersion(manifest, network, filled(network, 0.25f), List.of());
  }

  private static StateDict filled(Network network, float value) {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    network
        .stateDictSpecs()
        .forEach(
            (key, spec) -> {
              long[] shape = spec.shape().getShape();
              float[] values = new float[Tensor.elements(shape)];
              Arrays.fill(values, value);
              entries.put(key, new Tensor(shape, values));
            });
    return new StateDict(entries);
  }
}
