package io.ocellus.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads each place where a setting can be given into one flat shape: dotted key to text. */
final class ConfigurationSources {
  private static final String ENVIRONMENT_PREFIX = "OCELLUS_";

  private final List<SettingKey> keys;
  private final boolean partial;

  /**
   * @param partial whether file and environment may set what is beside none of the keys
   */
  ConfigurationSources(List<SettingKey> keys, boolean partial) {
    this.keys = keys;
    this.partial = partial;
  }

  Map<String, String> defaults() {
    Map<String, String> values = new LinkedHashMap<>();
    for (SettingKey key : keys) {
      for (String value : key.defaults()) {
        int equals = value.indexOf('=');
        if (key.passthrough()) {
          values.put(key.path() + "." + value.substring(0, equals), value.substring(equals + 1));
        } else {
          values.put(key.path(), value);
        }
      }
    }
    return values;
  }

  Map<String, String> yaml(Path file) {
    if (!Files.isReadable(file)) {
      throw new ConfigurationException(
          "There is no readable configuration file at " + file.toAbsolutePath());
    }
    try {
      Map<String, String> values = new LinkedHashMap<>();
      flatten("", new YAMLMapper().readTree(Files.readString(file)), values);
      values.keySet().removeIf(key -> !isOurs(key));
      return values;
    } catch (JsonProcessingException e) {
      // The parser's own message quotes the line, and a line may hold a password.
      JsonLocation at = e.getLocation();
      throw new ConfigurationException(
          "%s is not YAML: look at line %d, column %d, and before"
              .formatted(file, at.getLineNr(), at.getColumnNr()));
    } catch (IOException e) {
      throw new ConfigurationException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  Map<String, String> environment(Map<String, String> environment) {
    Map<String, String> values = new LinkedHashMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(ENVIRONMENT_PREFIX) && isOurs(name)) {
            values.put(keyOf(name), value);
          }
        });
    return values;
  }

  private boolean isOurs(String keyOrVariable) {
    return !partial || keys.stream().anyMatch(key -> key.isBeside(keyOrVariable));
  }

  private String keyOf(String variable) {
    for (SettingKey key : keys) {
      if (key.passthrough() && variable.startsWith(key.environmentName())) {
        String rest = variable.substring(key.environmentName().length());
        return key.path() + "." + rest.toLowerCase(Locale.ROOT).replace("_", key.separator());
      }
      if (variable.equals(key.environmentName())) {
        return key.path();
      }
    }
    throw new ConfigurationException(
        "The environment variable %s names no setting.%s"
            .formatted(
                variable,
                NearMatch.hint(variable, keys.stream().map(SettingKey::environmentName))));
  }

  private static void flatten(String path, JsonNode node, Map<String, String> values) {
    if (node.isObject()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      node.properties().forEach(e -> flatten(prefix + e.getKey(), e.getValue(), values));
    } else if (node.isArray()) {
      List<String> items = new ArrayList<>();
      node.forEach(item -> items.add(item.asText()));
      values.put(path, String.join(",", items));
    } else if (!node.isMissingNode() && !node.isNull()) {
      values.put(path, node.asText());
    }
  }
}
