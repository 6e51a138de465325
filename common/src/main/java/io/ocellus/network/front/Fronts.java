package io.ocellus.network.front;

import io.ocellus.network.option.Options;
import java.util.List;
import java.util.Map;

/** The catalogue of fronts, by the names that the option {@code front} takes. */
public final class Fronts {
  private static final Map<String, Front> CATALOGUE =
      Map.of("none", Front.NONE, "stn", new SpatialTransformer());

  private Fronts() {}

  /** What the option {@code front} says. */
  public static Front of(Options options) {
    return options.choice("front", "none", CATALOGUE);
  }

  /** The names, in alphabetical order. */
  public static List<String> names() {
    return CATALOGUE.keySet().stream().sorted().toList();
  }
}
