package io.ocellus.network.attention;

import io.ocellus.network.option.Options;
import java.util.Map;
import java.util.function.Function;

/** The catalogue of attentions, by the names that the option {@code attention} takes. */
public final class Attentions {
  private static final Map<String, Function<Options, Attention>> CATALOGUE =
      Map.of(
          "none", options -> Attention.NONE,
          "se", options -> new SqueezeExcitation(options.integer("reduction", 16)));

  private Attentions() {}

  /** What the options {@code attention} and, where it has one, {@code reduction} say. */
  public static Attention of(Options options) {
    return options.choice("attention", "none", CATALOGUE).apply(options);
  }
}
