package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ocellus.network.graph.ParameterSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The published SE-DenseNet-121s are {@code se-densenet-121} with {@code gate-bias} and the places
 * of {@code attention-at}.
 */
class SeDenseNetVariantsTest {
  private static final Path KEYS =
      Path.of("../../shared/reference/se_densenet121_full_in_loop_state_dict_keys.json");
  private static final String EVERYWHERE = "stem,block-input,layer-input,transition,norm";

  /**
   * Counts of the published modules: {@code se_densenet}, {@code _w_block}, {@code _full} and
   * {@code _full_in_loop}.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        EVERYWHERE + " | 11028138 | 995",
        "layer-input | 10676922 | 959",
        "layer-input,transition | 10850858 | 971",
        "block-input,transition | 8197332 | 755"
      })
  void parametersAndEntriesAreThePublishedOnes(String places, long parameters, int entries) {
    Network network = variant(places, 1000);
    assertThat(network.parameters()).isEqualTo(parameters);
    assertThat(network.stateDictSpecs()).hasSize(entries);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        EVERYWHERE + " | 10013388",
        "layer-input | 9662172",
        "layer-input,transition | 9836108",
        "block-input,transition | 7182582"
      })
  void parametersForTenClassesAreThePublishedOnes(String places, long parameters) {
    assertThat(variant(places, 10).parameters()).isEqualTo(parameters);
  }

  /**
   * The published {@code se_efficient_densenet} has 10,850,858 parameters, of which its forward
   * pass never uses the 2,698,066 of a gate in every dense layer. They are not built here.
   */
  @Test
  void whatThePublishedEfficientVariantComputesWithIsTheTransitionsGates() {
    assertThat(variant("transition", 1000).parameters()).isEqualTo(10_850_858 - 2_698_066);
  }

  @ParameterizedTest
  @CsvSource({"block, 8284952", "last, 8111016", "'block-input,last', 8155556"})
  void placesAddUp(String places, long parameters) {
    assertThat(variant(places, 1000).parameters()).isEqualTo(parameters);
  }

  /** A gate of {@code features.denseblock1.input} is published as {@code features.SELayer_1a}. */
  @Test
  void namesAreThePublishedOnesButForTheGates() throws IOException {
    assumeTrue(Files.exists(KEYS), "the reference folder is not there");
    Map<String, long[]> expected =
        new JsonMapper().readValue(KEYS.toFile(), new TypeReference<>() {});

    Map<String, ParameterSpec> renamed = new LinkedHashMap<>();
    variant("block-input,transition", 1000)
        .stateDictSpecs()
        .forEach((key, spec) -> renamed.put(published(key), spec));

    assertThat(renamed.keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach(
        (key, shape) -> assertThat(renamed.get(key).shape().getShape()).as(key).isEqualTo(shape));
  }

  private static String published(String key) {
    return key.replaceFirst("denseblock(\\d)\\.input\\.SE_Block", "SELayer_$1a")
        .replaceFirst("transition(\\d)\\.SE_Block", "SELayer_$1b");
  }

  private static Network variant(String places, int classes) {
    return Networks.create(
        new NetworkSpec(
            "se-densenet-121", classes, Map.of("attention-at", places, "gate-bias", "true")));
  }
}
