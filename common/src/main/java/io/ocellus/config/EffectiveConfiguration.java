package io.ocellus.config;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A configuration as it came out of all its sources, by key and with secrets masked: to log and to
 * record.
 */
public final class EffectiveConfiguration {
  private static final Pattern SECRET =
      Pattern.compile(
          "password|passphrase|secret|token|jaas|credential|private|keystore\\.key|user\\.info",
          Pattern.CASE_INSENSITIVE);

  private EffectiveConfiguration() {}

  /** Every setting and its value. */
  public static Map<String, String> of(Record configuration) {
    Map<String, String> values = new LinkedHashMap<>();
    for (SettingKey key : SettingSchema.of(configuration.getClass())) {
      Object value = value(configuration, key.path().split("\\."));
      if (value instanceof Map<?, ?> map) {
        map.forEach((k, v) -> put(values, key.path() + "." + k, v));
      } else {
        put(values, key.path(), value);
      }
    }
    return values;
  }

  private static void put(Map<String, String> values, String key, Object value) {
    values.put(key, SECRET.matcher(key).find() ? "(hidden)" : SettingTypes.print(value));
  }

  private static Object value(Object record, String[] path) {
    Object value = record;
    for (String name : path) {
      value = component(value, name);
    }
    return value;
  }

  private static Object component(Object record, String kebab) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      if (SettingSchema.kebab(component.getName()).equals(kebab)) {
        try {
          component.getAccessor().trySetAccessible();
          return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("Cannot read " + component, e);
        }
      }
    }
    throw new IllegalStateException("%s has no %s".formatted(record.getClass(), kebab));
  }
}
