package io.ocellus.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a configuration record, and the records inside it, from flat keys. */
final class RecordBinder {
  private final List<SettingKey> keys;

  RecordBinder(List<SettingKey> keys) {
    this.keys = keys;
  }

  <T extends Record> T bind(Class<T> type, Map<String, String> values) {
    return type.cast(bind("", type, values));
  }

  private Object bind(String prefix, Class<?> type, Map<String, String> values) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments =
        Arrays.stream(components)
            .map(c -> argument(prefix + SettingSchema.kebab(c.getName()), c, values))
            .toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.trySetAccessible();
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new ConfigurationException(e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The record %s cannot be built".formatted(type), e);
    }
  }

  private Object argument(String path, RecordComponent component, Map<String, String> values) {
    SettingKey key = keys.stream().filter(k -> k.path().equals(path)).findFirst().orElse(null);
    if (key == null) {
      return bind(path + ".", component.getType(), values);
    }
    return key.passthrough() ? below(path + ".", values) : convert(key, values.get(path));
  }

  private static Map<String, String> below(String prefix, Map<String, String> values) {
    Map<String, String> below = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            below.put(key.substring(prefix.length()), value);
          }
        });
    return below;
  }

  private static Object convert(SettingKey key, String text) {
    try {
      return SettingTypes.parse(key, text);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("%s must be %s".formatted(key.path(), e.getMessage()), e);
    }
  }
}
