package io.ocellus.cli.networks.picture;

import io.ocellus.network.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One operation, or a submodule as one box.
 *
 * @param kind of the operation, such as {@code conv}; {@code module} for several
 * @param title what it is
 * @param lines where it stands, what is in it and what it costs
 */
record Box(String kind, String title, List<String> lines) {
  private static final int MOST_PARTS = 4;

  /** A box of these layers. */
  static Box of(String key, List<Summary.Layer> layers) {
    long parameters = layers.stream().mapToLong(Summary.Layer::parameters).sum();
    String cost = parameters == 0 ? "" : "%,d parameters".formatted(parameters);
    if (layers.size() == 1) {
      Summary.Layer layer = layers.get(0);
      String kind = layer.operation().split(" ", 2)[0];
      return new Box(kind, layer.operation(), filled(place(layer.name(), kind), cost));
    }
    return new Box("module", key, filled(parts(key, layers), each(key, layers), cost));
  }

  private static List<String> filled(String... lines) {
    return Stream.of(lines).filter(line -> !line.isEmpty()).toList();
  }

  /** Its name, unless that says no more than the operation. */
  private static String place(String name, String kind) {
    return name.equals(kind) || name.endsWith("." + kind) ? "" : name;
  }

  /** Its submodules, such as {@code 6 denselayers}; empty where none is repeated. */
  private static String parts(String key, List<Summary.Layer> layers) {
    Map<String, Long> stems =
        children(key, layers)
            .map(child -> child.replaceAll("[0-9]+$", ""))
            .map(stem -> stem.isEmpty() ? "block" : stem)
            .collect(
                Collectors.groupingBy(stem -> stem, LinkedHashMap::new, Collectors.counting()));
    if (stems.values().stream().allMatch(count -> count == 1)) {
      return "";
    }
    return stems.entrySet().stream()
        .limit(MOST_PARTS)
        .map(e -> e.getValue() == 1 ? e.getKey() : "%d %ss".formatted(e.getValue(), e.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** What it learns, or where a submodule is repeated, what the first of them does. */
  private static String each(String key, List<Summary.Layer> layers) {
    boolean repeats = !parts(key, layers).isEmpty();
    String first = repeats ? key + "." + children(key, layers).findFirst().orElseThrow() : key;
    List<String> learned = new ArrayList<>();
    for (Summary.Layer layer : layers) {
      if (layer.parameters() > 0
          && layer.name().startsWith(first + ".")
          && !layer.operation().contains("norm")) {
        String part = part(layer, first);
        if (part.equals(layer.operation()) || !learned.contains(part)) {
          learned.add(part);
        }
      }
    }
    String shown = learned.stream().limit(MOST_PARTS).collect(Collectors.joining(", "));
    return learned.size() > MOST_PARTS ? shown + ", …" : shown;
  }

  /** The operation, or the submodule that it is in. */
  private static String part(Summary.Layer layer, String scope) {
    String[] words = layer.name().substring(scope.length() + 1).split("\\.", -1);
    return words.length == 1 ? layer.operation() : words[0];
  }

  private static Stream<String> children(String key, List<Summary.Layer> layers) {
    return layers.stream()
        .map(layer -> layer.name().substring(key.length() + 1).split("\\.", -1))
        .filter(words -> words.length > 1)
        .map(words -> words[0])
        .distinct();
  }
}
