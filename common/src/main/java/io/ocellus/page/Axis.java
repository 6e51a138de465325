package io.ocellus.page;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An axis of numbers.
 *
 * @param name what it measures, with its unit
 * @param min where it begins; null where the data say
 * @param max where it ends; null where the data say
 * @param logarithmic whether equal steps are equal factors
 */
public record Axis(String name, @Nullable Double min, @Nullable Double max, boolean logarithmic) {
  /** As long as its data. */
  public static Axis of(String name) {
    return new Axis(name, null, null, false);
  }

  /** From zero up. */
  public static Axis fromZero(String name) {
    return new Axis(name, 0.0, null, false);
  }

  /** From zero to one. */
  public static Axis share(String name) {
    return new Axis(name, 0.0, 1.0, false);
  }

  Map<String, Object> option() {
    Map<String, Object> option = new LinkedHashMap<>();
    option.put("type", logarithmic ? "log" : "value");
    option.put("name", name);
    option.put("scale", true);
    if (min != null) {
      option.put("min", min);
    }
    if (max != null) {
      option.put("max", max);
    }
    return option;
  }
}
