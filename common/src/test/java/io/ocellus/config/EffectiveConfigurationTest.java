package io.ocellus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectiveConfigurationTest {
  private final ConfigurationLoader<ExampleConfig> loader =
      new ConfigurationLoader<>(ExampleConfig.class);

  @Test
  void secretsAreMaskedAndTheRestIsNot() {
    ExampleConfig config =
        loader.load(
            Map.of(
                "kafka.sasl.jaas.config", "hunter2",
                "kafka.ssl.keystore.password", "hunter2",
                "kafka.ssl.keystore.key", "hunter2",
                "kafka.client.id", "me"));

    Map<String, String> effective = EffectiveConfiguration.of(config);

    assertThat(effective.values()).doesNotContain("hunter2");
    assertThat(effective)
        .containsEntry("kafka.ssl.keystore.password", "(hidden)")
        .containsEntry("kafka.client.id", "me");
  }

  @Test
  void whatItPrintsLoadsToTheSameConfiguration() {
    ExampleConfig config =
        loader.load(
            Map.of("prefixes", "a,b", "pace", "very-slow", "batch.max-wait", "90s", "model", "x"));

    assertThat(loader.load(new LinkedHashMap<>(EffectiveConfiguration.of(config))))
        .isEqualTo(config);
  }
}
