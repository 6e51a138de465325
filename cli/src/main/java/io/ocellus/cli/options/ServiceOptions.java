package io.ocellus.cli.options;

import io.ocellus.config.ConfigurationLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a service is configured: a file, the environment, then what the command line says. */
public final class ServiceOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Settings as YAML; OCELLUS_... environment variables override it.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = {"-s", "--set"},
      paramLabel = "KEY=VALUE",
      description = "One setting, overriding file and environment; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  /** The configuration record that results. */
  public <T extends Record> T load(Class<T> type) {
    Map<String, String> commandLine = kafka.settings();
    commandLine.putAll(settings);
    return new ConfigurationLoader<>(type).load(config, System.getenv(), commandLine);
  }
}
