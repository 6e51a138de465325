package io.ocellus.network.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.network.Network;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.Safetensors;
import io.ocellus.network.StateDict;
import io.ocellus.network.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights under the names that wrappers and training scripts give them. */
class ReadingsTest {
  private static final Network NETWORK = Networks.create(new NetworkSpec("se-densenet-light", 2));

  @TempDir private Path folder;
  private final Map<String, Tensor> file = new LinkedHashMap<>();

  @Test
  void anAveragedModelHasACounterBesideItsModule() {
    file.put("n_averaged", new Tensor(new long[0], new float[] {12}));
    put(1, name -> "module." + name);
    assertRead("", "", 1);
  }

  @Test
  void lightningPutsTheModelBesideItsLosses() {
    put(1, name -> "model." + name);
    file.put("criterion.weight", new Tensor(new long[] {2}, new float[2]));
    file.put("train_acc.tp", new Tensor(new long[] {2}, new float[2]));
    assertRead("", "model", 1);
  }

  @Test
  void lossesAndCountersMayLieBesideBareWeights() {
    put(1, name -> name);
    file.put("criterion.weight", new Tensor(new long[] {2}, new float[2]));
    file.put("global_step", new Tensor(new long[] {1}, new float[1]));
    assertRead("", "", 1);
  }

  @Test
  void wrappersMayStandInTheMiddleOfANameAndWithinEachOther() {
    put(1, name -> "_orig_mod.module." + name.replaceFirst("^features\\.", "features.module."));
    assertRead("", "", 1);
  }

  @Test
  void whereSeveralFitSomebodyHasToSayWhich() {
    put(1, name -> "model." + name);
    put(2, name -> "ema.module." + name);
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(UnfitWeightsException.class)
        .hasMessageContaining("several weights that fit; choose one by its key")
        .hasMessageContaining("'model' matches")
        .hasMessageContaining("'ema' matches");
    assertRead("model", "model", 1);
    assertRead("ema", "ema", 2);
    assertThatThrownBy(() -> read("teacher"))
        .hasMessageContaining("no weights called 'teacher'")
        .hasMessageContaining("'model' matches");
  }

  @Test
  void whereNoneFitsTheNearestSaysWhatItLacks() {
    put(1, name -> "model." + name);
    file.remove("model." + NETWORK.stateDictSpecs().keySet().iterator().next());
    PublishedWeights nearest = read("");
    assertThat(nearest.key()).isEqualTo("model");
    assertThat(WeightMatch.of(NETWORK, nearest.weights()).missing()).hasSize(1);
  }

  private void put(float value, UnaryOperator<String> rename) {
    NETWORK
        .stateDictSpecs()
        .forEach(
            (name, spec) -> {
              long[] shape = spec.shape().getShape();
              float[] values = new float[Tensor.elements(shape)];
              Arrays.fill(values, value);
              file.put(rename.apply(name), new Tensor(shape, values));
            });
  }

  private PublishedWeights read(String key) {
    Path path = folder.resolve("weights.safetensors");
    Safetensors.write(new StateDict(file), path);
    return PublishedWeights.read(path, NETWORK, key);
  }

  private void assertRead(String key, String name, float value) {
    PublishedWeights read = read(key);
    assertThat(read.key()).isEqualTo(name);
    WeightMatch match = WeightMatch.of(NETWORK, read.weights());
    assertThat(match.isComplete()).as("%s", match).isTrue();
    assertThat(match.stateDict(1).get("features.conv0.weight").values()).containsOnly(value);
  }
}
