package io.ocellus.network;

import io.ocellus.config.ConfigurationException;
import io.ocellus.config.NearMatch;
import io.ocellus.network.Catalogue.Family;
import io.ocellus.network.Catalogue.Preset;
import io.ocellus.network.backbone.Backbone;
import io.ocellus.network.backbone.Origin;
import io.ocellus.network.front.Front;
import io.ocellus.network.front.Fronts;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.GraphLimit;
import io.ocellus.network.option.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes the networks of the catalogue. */
public final class Networks {
  private Networks() {}

  /** The names that a {@link NetworkSpec} can have, in the catalogue's order. */
  public static List<String> names() {
    return Catalogue.FAMILIES.stream()
        .flatMap(family -> family.presets().stream().map(Preset::name))
        .toList();
  }

  /**
   * The network that the specification means.
   *
   * @throws ConfigurationException naming what is unknown or cannot be, and what was perhaps meant
   */
  public static Network create(NetworkSpec spec) {
    return create(spec, GraphLimit.none());
  }

  /**
   * The network that the specification means, where that comes from elsewhere, as a checkpoint's
   * does: nothing is drawn that is larger than its weights, however much the options ask for.
   *
   * @param weights file of its weights, of which only the header is read
   * @throws ConfigurationException as {@link #create(NetworkSpec)}, and where it is larger
   * @throws MalformedWeightsException where that is no such file
   * @throws IllegalStateException where the heap is too small for the weights
   */
  public static Network create(NetworkSpec spec, Path weights) {
    WeightsSize size = Safetensors.size(weights);
    size.checkFits(Runtime.getRuntime().maxMemory());
    return create(spec, GraphLimit.of(size.entries(), size.values()));
  }

  static Network create(NetworkSpec spec, GraphLimit limit) {
    Chosen chosen = choose(spec.name(), spec.options());
    try {
      Graph graph = chosen.backbone().graph(new GraphBuilder(limit), spec.classes());
      return new Network(spec, chosen.front().before(new GraphBuilder(limit.anew()), graph));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ConfigurationException("%s: %s".formatted(spec.name(), e.getMessage()), e);
    }
  }

  /**
   * Where a preset with these options was published.
   *
   * @throws ConfigurationException as {@link #create}
   */
  public static Origin origin(String name, Map<String, String> options) {
    return choose(name, options).backbone().origin();
  }

  private static Chosen choose(String name, Map<String, String> overrides) {
    for (Family family : Catalogue.FAMILIES) {
      for (Preset preset : family.presets()) {
        if (preset.name().equals(name)) {
          return choose(family, new Options(name, preset.options(), overrides));
        }
      }
    }
    throw new ConfigurationException(
        "There is no network %s.%s The catalogue has %s."
            .formatted(name, NearMatch.hint(name, names().stream()), String.join(", ", names())));
  }

  private static Chosen choose(Family family, Options options) {
    try {
      Chosen chosen = new Chosen(Fronts.of(options), family.backbone().apply(options));
      options.refuseUnread();
      return chosen;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("%s: %s".formatted(options.network(), e.getMessage()), e);
    }
  }

  private record Chosen(Front front, Backbone backbone) {}
}
