package io.ocellus.network.front;

import io.ocellus.network.option.Options;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The catalogue of fronts, by the names that the option {@code front} takes, each with the options
 * of its own.
 */
public final class Fronts {
  private static final Map<String, Function<Options, Front>> CATALOGUE =
      Map.of(
          "none", o -> Front.NONE,
          "stn", o -> new SpatialTransformer(),
          "coarse-to-fine",
              o -> new CoarseToFine(o.integer("zoom", 2), o.integer("coarse-width", 16)));

  private Fronts() {}

  /** What the option {@code front} and the options of that front say. */
  public static Front of(Options options) {
    return options.choice("front", "none", CATALOGUE).apply(options);
  }

  /** The names, in alphabetical order. */
  public static List<String> names() {
    return CATALOGUE.keySet().stream().sorted().toList();
  }
}
