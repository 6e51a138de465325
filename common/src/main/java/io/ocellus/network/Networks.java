package io.ocellus.network;

import io.ocellus.config.ConfigurationException;
import io.ocellus.config.NearMatch;
import io.ocellus.network.backbone.Backbone;
import io.ocellus.network.backbone.DenseNet;
import io.ocellus.network.backbone.MobileNetV1;
import io.ocellus.network.backbone.Origin;
import io.ocellus.network.option.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The catalogue of networks. A preset is one line: its name, its family and what it fixes. */
public final class Networks {
  private static final String D121 = "6,12,24,16";
  private static final String D169 = "6,12,32,32";
  private static final String D201 = "6,12,48,32";
  private static final String BC100 = "16,16,16";

  private static final List<Preset> CATALOGUE =
      List.of(
          preset("densenet-121", DenseNet::of, "block-config", D121),
          preset("densenet-169", DenseNet::of, "block-config", D169),
          preset("densenet-201", DenseNet::of, "block-config", D201),
          preset("se-densenet-121", DenseNet::of, "block-config", D121, "attention", "se"),
          preset("se-densenet-169", DenseNet::of, "block-config", D169, "attention", "se"),
          preset("se-densenet-201", DenseNet::of, "block-config", D201, "attention", "se"),
          preset("densenet-bc-100-12", DenseNet::of, small(12, BC100, 24, "none")),
          preset("se-densenet-bc-100-12", DenseNet::of, small(12, BC100, 24, "se")),
          preset("se-densenet-light", DenseNet::of, small(12, "4,4,4", 16, "se")),
          preset("mobilenet-v1", MobileNetV1::of));

  private Networks() {}

  /** The names that a {@link NetworkSpec} can have, in the catalogue's order. */
  public static List<String> names() {
    return CATALOGUE.stream().map(Preset::name).toList();
  }

  /**
   * The network that the specification means.
   *
   * @throws ConfigurationException naming what is unknown or cannot be, and what was perhaps meant
   */
  public static Network create(NetworkSpec spec) {
    Backbone backbone = backbone(spec.name(), spec.options());
    try {
      return new Network(spec, backbone.graph(spec.classes()));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("%s: %s".formatted(spec.name(), e.getMessage()), e);
    }
  }

  /**
   * Where a preset with these options was published.
   *
   * @throws ConfigurationException as {@link #create}
   */
  public static Origin origin(String name, Map<String, String> options) {
    return backbone(name, options).origin();
  }

  private static Backbone backbone(String name, Map<String, String> overrides) {
    Preset preset = find(name);
    Options options = new Options(name, preset.options(), overrides);
    try {
      Backbone backbone = preset.family().apply(options);
      options.refuseUnread();
      return backbone;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static Preset find(String name) {
    return CATALOGUE.stream()
        .filter(preset -> preset.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "There is no network %s.%s The catalogue has %s."
                        .formatted(
                            name,
                            NearMatch.hint(name, names().stream()),
                            String.join(", ", names()))));
  }

  private static String[] small(int growth, String blocks, int initial, String attention) {
    return new String[] {
      "stem",
      "small",
      "growth-rate",
      Integer.toString(growth),
      "block-config",
      blocks,
      "initial-features",
      Integer.toString(initial),
      "attention",
      attention
    };
  }

  private static Preset preset(
      String name, Function<Options, Backbone> family, String... namesAndValues) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      options.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Preset(name, family, Map.copyOf(options));
  }

  private record Preset(
      String name, Function<Options, Backbone> family, Map<String, String> options) {}
}
