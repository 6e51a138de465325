package io.ocellus.network.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withPrecision;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ocellus.network.Network;
import io.ocellus.network.NetworkSpec;
import io.ocellus.network.Networks;
import io.ocellus.network.Safetensors;
import io.ocellus.network.StateDict;
import io.ocellus.network.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightMatchTest {
  private static final int PUBLISHED_CLASSES = 1000;

  private final Network five = Networks.create(new NetworkSpec("densenet-121", 5));
  private final Map<String, Tensor> published = entries("densenet-121", PUBLISHED_CLASSES);

  @TempDir Path folder;

  @Test
  void aFileOfTheSameNetworkMatchesKeyByKey() {
    Network thousand = Networks.create(new NetworkSpec("densenet-121", PUBLISHED_CLASSES));
    WeightMatch match = match(thousand);

    assertThat(match.isComplete()).isTrue();
    assertThat(match.matched()).containsExactlyElementsOf(thousand.stateDictSpecs().keySet());
    assertThat(match).hasToString("727 of 727 entries of densenet-121 match");
    assertThat(match.stateDict(1).get("classifier.bias").values())
        .isEqualTo(published.get("classifier.bias").values());
  }

  @Test
  void aHeadOfAnotherSizeStartsFreshAsXavierSays() {
    WeightMatch match = readBack(five);

    assertThat(match.fits()).isTrue();
    assertThat(match.isComplete()).isFalse();
    assertThat(match.fresh()).containsExactly("classifier.weight", "classifier.bias");
    assertThat(match)
        .hasToString(
            "725 of 727 entries of densenet-121 match;"
                + " the head classifier starts fresh, for 5 classes (there it has 1000)");
    StateDict start = match.stateDict(7);
    assertThat(start.entries().keySet()).containsExactlyElementsOf(five.stateDictSpecs().keySet());
    assertThat(start.get("features.conv0.weight").values())
        .isEqualTo(published.get("features.conv0.weight").values());
    assertThat(start.get("classifier.bias").values()).containsOnly(0);
    float[] head = start.get("classifier.weight").values();
    double bound = Math.sqrt(6.0 / (1024 + 5));
    assertThat(deviation(head)).isEqualTo(bound / Math.sqrt(3), withPrecision(0.03 * bound));
    assertThat(head).hasSize(5 * 1024).satisfies(h -> assertThat(largest(h)).isLessThan(bound));
    assertThat(match.stateDict(7).get("classifier.weight").values()).isEqualTo(head);
    assertThat(match.stateDict(8).get("classifier.weight").values()).isNotEqualTo(head);
  }

  @Test
  void namesOfOldFilesAndMissingCountersAreNoObstacle() {
    Map<String, Tensor> old = new LinkedHashMap<>();
    published.forEach(
        (key, tensor) -> {
          if (!key.endsWith("num_batches_tracked")) {
            old.put(
                "module." + key.replaceAll("(denselayer\\d+\\.(?:norm|conv))(\\d)", "$1.$2"),
                tensor);
          }
        });
    Path file = folder.resolve("old.safetensors");
    Safetensors.write(new StateDict(old), file);

    WeightMatch match = WeightMatch.of(five, PublishedWeights.read(file).weights());

    assertThat(match)
        .hasToString(
            "604 of 727 entries of densenet-121 match;"
                + " the head classifier starts fresh, for 5 classes (there it has 1000);"
                + " 121 counters of batches are not there and start at 0");
    assertThat(match.stateDict(1).get("features.norm0.num_batches_tracked").values())
        .containsExactly(0);
  }

  @Test
  void auxiliaryHeadsAreSaidAndLeft() {
    published.put("aux1.fc1.weight", zeros(3, 4));
    published.put("aux1.fc1.bias", zeros(3));
    published.put("aux2.fc1.weight", zeros(3, 4));
    published.put("aux2.fc1.bias", zeros(3));

    WeightMatch match = match(five);

    assertThat(match.fits()).isTrue();
    assertThat(match.auxiliary()).hasSize(4);
    assertThat(match)
        .asString()
        .endsWith("not needed (they only train): aux{1,2}.fc1.{weight,bias}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet20-12fca82f.th", "resnet20-12fca82f.safetensors"})
  void aPublishedResNetMatchesKeyByKeyInEitherFormat(String name) {
    Path file = Path.of("../../shared/reference").resolve(name);
    assumeThat(file).as("the reference folder").exists();
    StateDict weights = PublishedWeights.read(file).weights();

    Network ten = Networks.create(new NetworkSpec("resnet-20", 10));
    WeightMatch match = WeightMatch.of(ten, weights);
    assertThat(match.isComplete()).as(match.toString()).isTrue();
    assertThat(match.matched().stream().filter(key -> !key.endsWith("num_batches_tracked")))
        .containsExactlyInAnyOrderElementsOf(
            weights.entries().keySet().stream()
                .filter(key -> !key.endsWith("num_batches_tracked"))
                .toList());

    WeightMatch seven = WeightMatch.of(Networks.create(new NetworkSpec("resnet-20", 7)), weights);
    assertThat(seven.fits()).isTrue();
    assertThat(seven)
        .asString()
        .contains("the head linear starts fresh, for 7 classes (there it has 10)");
  }

  @Test
  void whatDoesNotFitIsRefusedWithEveryKey() {
    published.remove("features.norm0.weight");
    published.remove("features.norm0.bias");
    published.put("features.conv0.weight", zeros(64, 3, 3, 3));
    published.put("fc.weight", zeros(5, 1024));

    WeightMatch match = match(five);

    assertThat(match.fits()).isFalse();
    assertThatThrownBy(() -> match.stateDict(1))
        .isInstanceOf(UnfitWeightsException.class)
        .hasMessage(
            "722 of 727 entries of densenet-121 match;"
                + " the head classifier starts fresh, for 5 classes (there it has 1000);"
                + " missing: features.norm0.{weight,bias};"
                + " of another shape: features.conv0.weight (features.conv0.weight is"
                + " (64, 3, 7, 7) here, (64, 3, 3, 3) there);"
                + " left over: fc.weight");
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedInALineOrTwo() {
    WeightMatch match = WeightMatch.of(five, new StateDict(entries("densenet-169", 5)));

    assertThat(match.fits()).isFalse();
    assertThat(match.leftOver()).isNotEmpty();
    assertThat(match.toString()).hasSizeLessThan(2500).contains("left over: features.denseblock3");

    WeightMatch nothing = WeightMatch.of(five, new StateDict(entries("mobilenet-v1", 5)));
    assertThat(nothing.matched()).containsExactly("classifier.weight", "classifier.bias");
    assertThat(nothing.toString()).hasSizeLessThan(4000);
  }

  @Test
  void rowsOfKnownClassesAreCarriedOverByName() {
    WeightMatch match = named(List.of("a", "b", "c"), List.of("x", "c", "y", "a", "z"));

    assertThat(match.fits()).isTrue();
    assertThat(match.isComplete()).isFalse();
    assertThat(match.keepsRows()).isTrue();
    assertThat(match)
        .asString()
        .endsWith("the head classifier keeps its rows of c, a; those of x, y, z start fresh");
    StateDict start = match.stateDict(1);
    assertThat(start.get("classifier.bias").values()).containsExactly(0, 2, 0, 0, 0);
    float[] weight = start.get("classifier.weight").values();
    assertThat(Arrays.copyOfRange(weight, 1024, 2 * 1024)).containsOnly(2);
    assertThat(Arrays.copyOfRange(weight, 3 * 1024, 4 * 1024)).containsOnly(0);
    assertThat(Arrays.copyOfRange(weight, 0, 1024)).doesNotContain(0, 1, 2);
  }

  @Test
  void classesInAnotherOrderOrFewerAreTakenWhole() {
    WeightMatch match =
        named(List.of("a", "b", "c", "d", "e", "f"), List.of("f", "e", "d", "c", "b"));

    assertThat(match.isComplete()).isTrue();
    assertThat(match).asString().endsWith("the head classifier keeps its rows of f, e, d, c, b");
    assertThat(match.stateDict(1).get("classifier.bias").values()).containsExactly(5, 4, 3, 2, 1);
  }

  @Test
  void ofNoneButOtherClassesTheHeadIsNotTakenBeTheyAsMany() {
    List<String> ours = List.of("a", "b", "c", "d", "e");
    WeightMatch match = named(List.of("f", "g", "h", "i", "j"), ours);

    assertThat(match.fits()).isTrue();
    assertThat(match.keepsRows()).isFalse();
    assertThat(match.fresh()).containsExactly("classifier.weight", "classifier.bias");
    assertThat(match).asString().contains("the head classifier starts fresh, for 5 classes");
    assertThat(named(ours, ours)).hasToString("727 of 727 entries of densenet-121 match");
  }

  @Test
  void aHeadWhoseClassesNobodyKnowsIsNotTakenSilently() {
    StateDict same = new StateDict(entries("densenet-121", 5));
    List<String> ours = List.of("a", "b", "c", "d", "e");

    for (List<String> theirs : List.of(List.<String>of(), List.of("too", "few"))) {
      WeightMatch match = WeightMatch.of(five, same, theirs, ours);
      assertThat(match.isComplete()).isTrue();
      assertThat(match)
          .asString()
          .contains("nothing says what its classes are", "suits where they are a, b, c, d, e");
    }
  }

  /** Each row of the other head filled with its place. */
  private WeightMatch named(List<String> theirs, List<String> ours) {
    Map<String, Tensor> entries = entries("densenet-121", theirs.size());
    float[] weight = entries.get("classifier.weight").values();
    for (int i = 0; i < weight.length; i++) {
      int row = i / 1024;
      weight[i] = row;
    }
    for (int i = 0; i < theirs.size(); i++) {
      entries.get("classifier.bias").values()[i] = i;
    }
    return WeightMatch.of(five, new StateDict(entries), theirs, ours);
  }

  private WeightMatch match(Network network) {
    return WeightMatch.of(network, new StateDict(published));
  }

  private WeightMatch readBack(Network network) {
    Path file = folder.resolve("published.safetensors");
    Safetensors.write(new StateDict(published), file);
    return WeightMatch.of(network, PublishedWeights.read(file).weights());
  }

  /** Each entry filled with its place, so that a mix-up shows. */
  private static Map<String, Tensor> entries(String network, int classes) {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    Networks.create(new NetworkSpec(network, classes))
        .stateDictSpecs()
        .forEach(
            (key, spec) -> {
              Tensor tensor = zeros(spec.shape().getShape());
              Arrays.fill(tensor.values(), entries.size());
              entries.put(key, tensor);
            });
    return entries;
  }

  private static Tensor zeros(long... shape) {
    return new Tensor(shape, new float[Tensor.elements(shape)]);
  }

  private static double deviation(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares / values.length);
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
