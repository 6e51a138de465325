package io.ocellus.cli.options;

import io.ocellus.config.ConfigurationLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Settings from a file, the environment, then what the command line says. */
public final class SettingOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Settings as YAML; OCELLUS_... environment variables override it.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = {"-s", "--set"},
      paramLabel = "KEY=VALUE",
      description =
          "One setting of docs/configuration.md, overriding file and environment; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * The configuration record that results.
   *
   * @param options settings that have options of their own; {@code --set} overrides them
   */
  public <T extends Record> T load(Class<T> type, Map<String, String> options) {
    return load(new ConfigurationLoader<>(type), options);
  }

  /** What the services have in common. */
  public SharedSettings shared(Map<String, String> options) {
    return load(ConfigurationLoader.ofParts(SharedSettings.class), options);
  }

  private <T extends Record> T load(ConfigurationLoader<T> loader, Map<String, String> options) {
    Map<String, String> commandLine = new LinkedHashMap<>(options);
    commandLine.putAll(settings);
    return loader.load(config, System.getenv(), commandLine);
  }
}
