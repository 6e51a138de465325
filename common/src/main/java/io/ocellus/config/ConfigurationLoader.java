package io.ocellus.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills a service's configuration record from defaults, a YAML file, the environment and the
 * command line, each overriding the one before. A key that no record declares stops the start.
 *
 * @param <T> the configuration record
 */
public final class ConfigurationLoader<T extends Record> {
  private final Class<T> type;
  private final List<SettingKey> keys;
  private final ConfigurationSources sources;

  public ConfigurationLoader(Class<T> type) {
    this(type, false);
  }

  private ConfigurationLoader(Class<T> type, boolean part) {
    this.type = type;
    this.keys = SettingSchema.of(type);
    this.sources = new ConfigurationSources(keys, part);
  }

  /**
   * For a record that holds only some parts of a service's settings: parts that it lacks are passed
   * over in the file and in the environment.
   */
  public static <T extends Record> ConfigurationLoader<T> ofParts(Class<T> type) {
    return new ConfigurationLoader<>(type, true);
  }

  /**
   * Reads all sources.
   *
   * @param file YAML, where there is one
   * @param environment variables; those that begin with {@code OCELLUS_} are settings
   * @param commandLine dotted keys and values
   * @throws ConfigurationException naming the key at fault
   */
  public T load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> commandLine) {
    Map<String, String> values = sources.defaults();
    file.ifPresent(path -> override(values, sources.yaml(path), path.toString()));
    override(values, sources.environment(environment), "the environment");
    override(values, commandLine, "the command line");
    return new RecordBinder(keys).bind(type, values);
  }

  /**
   * The record that results from defaults and these overrides alone: for embedding and for tests.
   */
  public T load(Map<String, String> overrides) {
    return load(Optional.empty(), Map.of(), overrides);
  }

  private void override(Map<String, String> values, Map<String, String> source, String origin) {
    Map<String, String> checked = new LinkedHashMap<>();
    source.forEach((key, value) -> checked.put(known(key, origin), value));
    values.putAll(checked);
  }

  private String known(String key, String origin) {
    if (keys.stream().noneMatch(k -> k.covers(key))) {
      throw new ConfigurationException(
          "%s sets %s, which is no setting.%s"
              .formatted(origin, key, NearMatch.hint(key, keys.stream().map(SettingKey::path))));
    }
    return key;
  }
}
