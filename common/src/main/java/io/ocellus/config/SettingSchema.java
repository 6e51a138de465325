package io.ocellus.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Every key that a configuration record and the records inside it declare, in order of declaration.
 */
final class SettingSchema {
  private SettingSchema() {}

  static List<SettingKey> of(Class<? extends Record> type) {
    List<SettingKey> keys = new ArrayList<>();
    collect("", type, keys);
    return List.copyOf(keys);
  }

  private static void collect(String prefix, Class<?> type, List<SettingKey> keys) {
    for (RecordComponent component : type.getRecordComponents()) {
      String path = prefix + kebab(component.getName());
      Setting setting = component.getAnnotation(Setting.class);
      Passthrough passthrough = component.getAnnotation(Passthrough.class);
      if (setting != null) {
        keys.add(
            new SettingKey(
                path,
                component,
                List.of(setting.byDefault()),
                new SettingRange(setting.min(), setting.max()),
                setting.help(),
                ""));
      } else if (passthrough != null) {
        keys.add(
            new SettingKey(
                path,
                component,
                List.of(passthrough.byDefault()),
                SettingRange.ANY,
                passthrough.help(),
                passthrough.separator()));
      } else if (component.getType().isRecord()) {
        collect(path + ".", component.getType(), keys);
      } else {
        throw new IllegalStateException(
            "%s.%s declares no @Setting".formatted(type.getName(), component.getName()));
      }
    }
  }

  static String kebab(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
