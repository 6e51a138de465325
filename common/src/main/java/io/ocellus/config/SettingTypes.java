package io.ocellus.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types that a setting can have, and how each is written. */
final class SettingTypes {
  private static final Map<Class<?>, Function<String, Object>> PARSERS =
      Map.of(
          String.class, text -> text,
          int.class, text -> number("a whole number", text, Integer::valueOf),
          long.class, text -> number("a whole number", text, Long::valueOf),
          float.class, text -> number("a number", text, Float::valueOf),
          double.class, text -> number("a number", text, Double::valueOf),
          boolean.class, SettingTypes::bool,
          Duration.class, Durations::parse,
          Path.class, SettingTypes::path);

  private SettingTypes() {}

  /**
   * The value of that key; an error that continues "KEY must be ..." where the text is none, or one
   * that is not allowed.
   */
  static Object parse(SettingKey key, String text) {
    Class<?> type = key.component().getType();
    if (type == List.class) {
      return list(elements(key.component()), text);
    }
    if (key.range().isAny()) {
      return parse(type, text);
    }
    try {
      Object value = parse(type, text);
      if (key.range().holds(type, value)) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s (%s)".formatted(e.getMessage(), key.range()), e);
    }
    throw new IllegalArgumentException("%s, not '%s'".formatted(key.range(), text));
  }

  static Object parse(Class<?> type, String text) {
    return type.isEnum() ? constant(type, text) : PARSERS.get(type).apply(text);
  }

  /** How a value is written, so that {@link #parse} reads it back. */
  static String print(Object value) {
    if (value instanceof Duration duration) {
      return Durations.print(duration);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Object::toString).collect(Collectors.joining(","));
    }
    return String.valueOf(value);
  }

  private static Object number(
      String kind, String text, Function<String, ? extends Number> parser) {
    try {
      return parser.apply(text.strip().replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s, not '%s'".formatted(kind, text), e);
    }
  }

  private static Object bool(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException("true or false, not '%s'".formatted(text));
    };
  }

  private static Path path(String text) {
    return Path.of(text.replaceFirst("^~(?=/|$)", System.getProperty("user.home")));
  }

  private static Type elements(RecordComponent list) {
    return ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
  }

  private static List<Object> list(Type elements, String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .map(PARSERS.get(elements))
        .toList();
  }

  private static Object constant(Class<?> type, String text) {
    String wanted = text.strip().replace('-', '_');
    return Arrays.stream(type.getEnumConstants())
        .filter(c -> ((Enum<?>) c).name().equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "one of %s, not '%s'"
                        .formatted(
                            Arrays.stream(type.getEnumConstants())
                                .map(SettingTypes::print)
                                .collect(Collectors.joining(", ")),
                            text)));
  }
}
