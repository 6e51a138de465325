package io.ocellus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ocellus.config.ExampleConfig.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationLoaderTest {
  private final ConfigurationLoader<ExampleConfig> loader =
      new ConfigurationLoader<>(ExampleConfig.class);

  @TempDir private Path folder;

  @Test
  void defaultsFillEveryType() {
    ExampleConfig config = loader.load(Map.of());

    assertThat(config.kafka()).containsExactly(Map.entry("bootstrap.servers", "localhost:9092"));
    assertThat(config.stateDir()).isEqualTo(Path.of(System.getProperty("user.home"), "state"));
    assertThat(config.prefixes()).isEmpty();
    assertThat(config.pace()).isEqualTo(Pace.FAST);
    assertThat(config.batch().maxBytes()).isEqualTo(20_000_000);
    assertThat(config.batch().maxWait()).isEqualTo(Duration.ofMillis(20));
    assertThat(config.batch().enabled()).isTrue();
  }

  @Test
  void eachSourceOverridesTheOneBeforeIt() throws IOException {
    Path file = yaml("model: from-file\npace: very-slow\nbatch:\n  max-size: 8\n  max-wait: 5s\n");

    ExampleConfig config =
        loader.load(
            Optional.of(file),
            Map.of("OCELLUS_BATCH_MAX_SIZE", "4", "OCELLUS_PACE", "fast", "PATH", "/bin"),
            Map.of("batch.max-size", "2"));

    assertThat(config.model()).isEqualTo("from-file");
    assertThat(config.pace()).isEqualTo(Pace.FAST);
    assertThat(config.batch().maxSize()).isEqualTo(2);
    assertThat(config.batch().maxWait()).isEqualTo(Duration.ofSeconds(5));
  }

  /** Some parts of {@link ExampleConfig}. */
  record Parts(
      @Setting(byDefault = "fast", help = "A choice.") Pace pace, ExampleConfig.Batch batch) {}

  @Test
  void partsPassOverWhatIsOfOthersButNotWhatIsMisspelt() throws IOException {
    ConfigurationLoader<Parts> parts = ConfigurationLoader.ofParts(Parts.class);
    Path file = yaml("model: other\npace: very-slow\nkafka:\n  a.b: c\nbatch:\n  max-size: 8\n");

    Parts read =
        parts.load(
            Optional.of(file),
            Map.of("OCELLUS_STATE_DIR", "/x", "OCELLUS_BATCH_SHARE", "0.25"),
            Map.of("pace", "fast"));

    assertThat(read.pace()).isEqualTo(Pace.FAST);
    assertThat(read.batch().maxSize()).isEqualTo(8);
    assertThat(read.batch().share()).isEqualTo(0.25);
    Path misspelt = yaml("batch:\n  max-sise: 8\n");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> parts.load(Optional.of(misspelt), Map.of(), Map.of()))
        .withMessageContaining("batch.max-sise");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> parts.load(Optional.empty(), Map.of(), Map.of("model", "x")))
        .withMessageContaining("model");
  }

  @Test
  void listsAreWrittenInYamlsWayOrWithCommas() throws IOException {
    Path file = yaml("prefixes:\n  - file:///a/\n  - file:///b/\n");

    assertThat(loader.load(Optional.of(file), Map.of(), Map.of()).prefixes())
        .containsExactly("file:///a/", "file:///b/");
    assertThat(loader.load(Map.of("prefixes", "x, y")).prefixes()).containsExactly("x", "y");
  }

  @Test
  void kafkaPropertiesPassThroughFromEverySource() throws IOException {
    Path file = yaml("kafka:\n  security.protocol: SSL\n  sasl:\n    mechanism: PLAIN\n");

    ExampleConfig config =
        loader.load(
            Optional.of(file),
            Map.of("OCELLUS_KAFKA_BOOTSTRAP_SERVERS", "broker:9092"),
            Map.of("kafka.client.id", "me"));

    assertThat(config.kafka())
        .containsOnly(
            Map.entry("bootstrap.servers", "broker:9092"),
            Map.entry("security.protocol", "SSL"),
            Map.entry("sasl.mechanism", "PLAIN"),
            Map.entry("client.id", "me"));
  }

  @Test
  void anUnknownKeyIsNamedWithTheNearestKnownOne() throws IOException {
    Path file = yaml("batch:\n  max-sise: 8\n");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> loader.load(Optional.of(file), Map.of(), Map.of()))
        .withMessageContaining("config.yaml sets batch.max-sise")
        .withMessageContaining("Did you mean batch.max-size?");
  }

  @Test
  void anUnknownVariableIsNamedWithTheNearestKnownOne() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () -> loader.load(Optional.empty(), Map.of("OCELLUS_BATCH_MAXSIZE", "8"), Map.of()))
        .withMessageContaining("OCELLUS_BATCH_MAXSIZE")
        .withMessageContaining("Did you mean OCELLUS_BATCH_MAX_SIZE?");
  }

  @ParameterizedTest
  @CsvSource({
    "batch.max-size, many, 'batch.max-size must be a whole number, not ''many'''",
    "batch.max-size, many, 'from 1 to 1024'",
    "batch.max-size, 0, 'batch.max-size must be from 1 to 1024, not ''0'''",
    "batch.max-size, 99999999999, 'batch.max-size must be a whole number, not ''99999999999'' (from 1 to 1024)'",
    "batch.max-size, '', 'batch.max-size must be a whole number, not '''''",
    "batch.max-wait, 0ms, 'batch.max-wait must be from 1ms to 2m, not ''0ms'''",
    "batch.max-wait, 121s, 'batch.max-wait must be from 1ms to 2m, not ''121s'''",
    "batch.max-wait, -1s, 'batch.max-wait must be a duration such as 5ms'",
    "batch.share, NaN, 'batch.share must be from 0 to 1, not ''NaN'''",
    "batch.share, 1e30, 'batch.share must be from 0 to 1, not ''1e30'''",
    "batch.share, -Infinity, 'batch.share must be from 0 to 1, not ''-Infinity'''",
    "batch.max-wait, 5, 'batch.max-wait must be a duration such as 5ms'",
    "batch.share, half, 'batch.share must be a number'",
    "batch.enabled, perhaps, 'batch.enabled must be true or false'",
    "pace, slow, 'pace must be one of fast, very_slow, not ''slow'''"
  })
  void aBadValueNamesItsKeyAndWhatWouldDo(String key, String value, String message) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> loader.load(Map.of(key, value)))
        .withMessageContaining(message);
  }

  @Test
  void aMissingOrBrokenFileIsNamed() throws IOException {
    Path broken = yaml("batch: [unclosed");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> loader.load(Optional.of(folder.resolve("none.yaml")), Map.of(), Map.of()))
        .withMessageContaining("none.yaml");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> loader.load(Optional.of(broken), Map.of(), Map.of()))
        .withMessageContaining("config.yaml is not YAML");
  }

  @Test
  void anErrorInAFileQuotesNothingOfIt() throws IOException {
    Path broken = yaml("model: x\nkafka:\n  ssl.key.password: \"hunter2\n  a: [b\n");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> loader.load(Optional.of(broken), Map.of(), Map.of()))
        .withMessageContaining("config.yaml is not YAML: look at line")
        .satisfies(e -> assertThat(e).hasNoCause().hasMessageNotContaining("hunter2"));
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("config.yaml"), text);
  }
}
