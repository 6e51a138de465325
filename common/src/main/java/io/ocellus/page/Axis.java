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
 * @param whole whether it counts, so that there is nothing between two numbers
 */
public record Axis(
    String name, @Nullable Double min, @Nullable Double max, boolean logarithmic, boolean whole) {
  /** As long as its data. */
  public static Axis of(String name) {
    return new Axis(name, null, null, false, false);
  }

  /** Of what is counted from one. */
  public static Axis ordinal(String name) {
    return new Axis(name, 1.0, null, false, true);
  }

  /** From zero up. */
  public static Axis fromZero(String name) {
    return new Axis(name, 0.0, null, false, false);
  }

  /** From zero to one. */
  public static Axis share(String name) {
    return new Axis(name, 0.0, 1.0, false, false);
  }

  Map<String, Object> option() {
    Map<String, Object> option = new LinkedHashMap<>();
    option.put("type", logarithmic ? "log" : "value");
    option.put("name", name);
    option.put("scale", true);
    if (whole) {
      option.put("minInterval", 1);
    }
    if (min != null) {
      option.put("min", min);
    }
    if (max != null) {
      option.put("max", max);
    }
    return option;
  }
}
