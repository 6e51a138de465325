package io.ocellus.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class KafkaOptionsTest {
  @Command(name = "any")
  static final class AnyCommand {
    @Mixin private final KafkaOptions kafka = new KafkaOptions();
  }

  private static KafkaOptions parse(String... arguments) {
    AnyCommand command = new AnyCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.kafka;
  }

  @Test
  void nothingGivenIsTheLocalBroker() {
    KafkaOptions.Connection connection = parse().connection(Map.of());
    assertThat(connection.kafka()).containsOnly(Map.entry("bootstrap.servers", "localhost:9092"));
    assertThat(connection.topics().topics().images()).isEqualTo("ocellus.images");
  }

  @Test
  void theEnvironmentOfTheServicesIsReadAndTheirOtherSettingsAreNoError() {
    Map<String, String> environment =
        Map.of(
            "OCELLUS_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
            "OCELLUS_TOPICS_PREFIX", "clinic",
            "OCELLUS_BATCH_MAX_SIZE", "8");
    KafkaOptions.Connection connection = parse().connection(environment);
    assertThat(connection.kafka()).containsEntry("bootstrap.servers", "kafka:9092");
    assertThat(connection.topics().prefix()).isEqualTo("clinic");
  }

  @Test
  void theCommandLineOverridesTheEnvironment() {
    KafkaOptions.Connection connection =
        parse("-b", "other:1", "--kafka", "security.protocol=SSL", "--prefix", "eyes")
            .connection(Map.of("OCELLUS_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));
    assertThat(connection.kafka())
        .containsEntry("bootstrap.servers", "other:1")
        .containsEntry("security.protocol", "SSL");
    assertThat(connection.topics().prefix()).isEqualTo("eyes");
  }
}
