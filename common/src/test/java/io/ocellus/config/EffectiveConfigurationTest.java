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
            Map.ofEntries(
                Map.entry("kafka.sasl.jaas.config", "hunter2"),
                Map.entry("kafka.main.consumer.sasl.jaas.config", "hunter2"),
                Map.entry("kafka.ssl.keystore.password", "hunter2"),
                Map.entry("kafka.ssl.truststore.password", "hunter2"),
                Map.entry("kafka.ssl.key.password", "hunter2"),
                Map.entry("kafka.ssl.keystore.key", "hunter2"),
                Map.entry("kafka.sasl.oauthbearer.client.credentials.client.secret", "hunter2"),
                Map.entry("kafka.sasl.oauthbearer.assertion.private.key.passphrase", "hunter2"),
                Map.entry("kafka.basic.auth.user.info", "me:hunter2"),
                Map.entry("kafka.bearer.auth.token", "hunter2"),
                Map.entry("kafka.client.id", "me")));

    Map<String, String> effective = EffectiveConfiguration.of(config);

    assertThat(effective.values()).noneMatch(value -> value.contains("hunter2"));
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
