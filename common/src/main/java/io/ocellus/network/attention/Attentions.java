package io.ocellus.network.attention;

import io.ocellus.network.option.Options;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The catalogue of attentions, by the names that the option {@code attention} takes, each with the
 * options of its own.
 */
public final class Attentions {
  private static final Map<String, Function<Options, Attention>> CATALOGUE =
      Map.of(
          "none", o -> Attention.NONE,
          "se", o -> new SqueezeExcitation(reduction(o, 16), o.flag("gate-bias", false)),
          "eca", o -> new EfficientChannel(),
          "cbam", o -> new ConvolutionalBlock(reduction(o, 16), o.integer("spatial-kernel", 7)),
          "bam", o -> new Bottleneck(reduction(o, 16), o.integer("dilation", 4)),
          "dual", o -> new Dual(reduction(o, 8)));

  private Attentions() {}

  /** What the option {@code attention} and the options of that attention say. */
  public static Attention of(Options options) {
    return options.choice("attention", "none", CATALOGUE).apply(options);
  }

  /** The names, in alphabetical order. */
  public static List<String> names() {
    return CATALOGUE.keySet().stream().sorted().toList();
  }

  private static int reduction(Options options, int byDefault) {
    return options.integer("reduction", byDefault);
  }
}
