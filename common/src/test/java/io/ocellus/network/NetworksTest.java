package io.ocellus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.config.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {
  @Test
  void aMisspeltNetworkIsRefusedWithTheNearestName() {
    assertThatThrownBy(() -> Networks.create(new NetworkSpec("se-densnet-121", 4)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("se-densnet-121")
        .hasMessageContaining("Did you mean se-densenet-121?");
  }

  @Test
  void aMisspeltOptionIsRefusedWithTheNearestName() {
    assertThatThrownBy(() -> create(Map.of("growth-rat", "24")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("has no option growth-rat.")
        .hasMessageContaining("Did you mean growth-rate?");
  }

  @ParameterizedTest
  @CsvSource({
    "growth-rate, twelve, growth-rate of se-densenet-light must be a whole number",
    "growth-rate, 0, growth-rate must be at least 1",
    "attention, sse, Did you mean se?",
    "block-config, 4;4, whole numbers between commas",
    "compression, 1.5, compression must be above 0",
    "drop-rate, 1, drop-rate must be at least 0",
    "reduction, 0, reduction must be at least 1",
    "reduction, x, a whole number"
  })
  void anImpossibleValueIsRefusedByName(String option, String value, String message) {
    assertThatThrownBy(() -> create(Map.of(option, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void optionsOverrideThePreset() {
    Network plain = create(Map.of("attention", "none", "growth-rate", "8"));
    assertThat(plain.stateDictSpecs().keySet()).noneMatch(key -> key.contains("SE_Block"));
    assertThat(plain.parameters()).isLessThan(create(Map.of()).parameters());
  }

  @Test
  void aPresetMadeOfAnothersOptionsIsTheSameNetwork() {
    Network light =
        create(Map.of("growth-rate", "12", "block-config", "16,16,16", "initial-features", "24"));
    Network published = Networks.create(new NetworkSpec("se-densenet-bc-100-12", 4));
    assertThat(light.stateDictSpecs()).isEqualTo(published.stateDictSpecs());
  }

  @ParameterizedTest
  @CsvSource({"alexnet, 63", "squeezenet-1.0, 21", "resnet-18, 1", "densenet-121, 29"})
  void imagesOfWhichNothingIsLeftAreRefused(String name, int smallest) {
    Network network = Networks.create(new NetworkSpec(name, 4));
    assertThatThrownBy(() -> network.checkTakes(smallest - 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("%s needs images of at least %d pixels, not %d", name, smallest, smallest - 1);
    network.checkTakes(smallest);
  }

  @Test
  void densenet121CostsThePublishedMultiplyAdds() {
    Summary summary = Networks.create(new NetworkSpec("densenet-121", 1000)).summary(224);
    assertThat(summary.multiplyAdds()).isEqualTo(2_834_161_664L);
    assertThat(summary.table())
        .contains("features.denseblock1.denselayer1.conv1")
        .contains("7,978,856");
  }

  private static Network create(Map<String, String> options) {
    return Networks.create(new NetworkSpec("se-densenet-light", 4, options));
  }
}
