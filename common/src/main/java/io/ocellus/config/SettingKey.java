package io.ocellus.config;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;

/**
 * One key that a configuration record declares.
 *
 * @param path the dotted, kebab-case key, such as {@code batch.max-size}
 * @param component the record component that receives its value
 * @param defaults of a setting, its one default; of a pass-through, {@code key=value} pairs
 * @param range of the values
 * @param help for people
 * @param separator for a pass-through, what an underscore of an environment variable stands for;
 *     empty for a setting
 */
record SettingKey(
    String path,
    RecordComponent component,
    List<String> defaults,
    SettingRange range,
    String help,
    String separator) {
  boolean passthrough() {
    return !separator.isEmpty();
  }

  /** The environment variable, or for a pass-through the beginning of its variables. */
  String environmentName() {
    return passthrough() ? variable(path) + "_" : variable(path);
  }

  /** Whether that key, or that environment variable, begins with the same part of the settings. */
  boolean isBeside(String keyOrVariable) {
    String part = path.replaceFirst("\\..*", "");
    return (keyOrVariable + ".").startsWith(part + ".")
        || (keyOrVariable + "_").startsWith(variable(part) + "_");
  }

  private static String variable(String path) {
    return "OCELLUS_" + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  boolean covers(String key) {
    return passthrough() ? key.startsWith(path + ".") : key.equals(path);
  }
}
