package io.ocellus.config;

import java.util.Locale;

/**
 * A configuration record as a Markdown table: key, environment variable, type, default,
 * explanation.
 */
public final class SettingsTable {
  private SettingsTable() {}

  /** The rows of every setting that the record declares, in its order. */
  public static String markdown(Class<? extends Record> type) {
    StringBuilder table =
        new StringBuilder(
            "| key | environment | type | default | what it does |\n|---|---|---|---|---|\n");
    for (SettingKey key : SettingSchema.of(type)) {
      table.append(
          "| `%s%s` | `%s%s` | %s | %s | %s |%n"
              .replace("%n", "\n")
              .formatted(
                  key.path(),
                  key.passthrough() ? ".*" : "",
                  key.environmentName(),
                  key.passthrough() ? "*" : "",
                  typeName(key),
                  defaults(key),
                  key.help()));
    }
    return table.toString();
  }

  private static String defaults(SettingKey key) {
    String text = String.join(", ", key.defaults());
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String typeName(SettingKey key) {
    Class<?> type = key.component().getType();
    String name = type.isEnum() ? "choice" : type.getSimpleName().toLowerCase(Locale.ROOT);
    return (name + " " + key.range()).strip();
  }
}
