package io.ocellus.network.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many names of a state dict as few words, none left out: {@code
 * denseblock1.denselayer{1-6}.norm{1,2}.{weight,bias}}.
 */
final class KeyGroups {
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(0|[1-9]\\d{0,8})");

  private KeyGroups() {}

  static List<String> of(Collection<String> keys) {
    Node root = new Node();
    for (String key : keys) {
      Node node = root;
      for (String part : key.split("\\.", -1)) {
        node = node.children.computeIfAbsent(part, name -> new Node());
      }
      node.isKey = true;
    }
    return root.children.isEmpty() ? List.of() : root.lines();
  }

  /** Siblings below which everything is the same, and which a number tells apart if anything. */
  private record Alike(String stem, List<String> below) {}

  private static final class Node {
    private final Map<String, Node> children = new LinkedHashMap<>();
    private boolean isKey;

    private List<String> lines() {
      List<String> lines = new ArrayList<>();
      if (isKey) {
        lines.add("");
      }
      Map<Alike, List<String>> groups = new LinkedHashMap<>();
      children.forEach(
          (name, child) ->
              groups
                  .computeIfAbsent(new Alike(stem(name), child.lines()), alike -> new ArrayList<>())
                  .add(name));
      groups.forEach(
          (alike, names) -> {
            String joined = joined(alike.stem(), names);
            alike.below().forEach(line -> lines.add(line.isEmpty() ? joined : joined + "." + line));
          });
      return lines;
    }
  }

  /** The name before its number, marked as such; empty for a name without one. */
  private static String stem(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    return numbered.matches() ? numbered.group(1) + "#" : "";
  }

  private static String joined(String stem, List<String> names) {
    if (names.size() == 1) {
      return names.get(0);
    }
    if (stem.isEmpty()) {
      return "{" + String.join(",", names) + "}";
    }
    String before = stem.substring(0, stem.length() - 1);
    return before
        + ranges(names.stream().map(n -> Integer.parseInt(n.substring(before.length()))).toList());
  }

  private static String ranges(List<Integer> numbers) {
    List<Integer> sorted = numbers.stream().sorted().toList();
    List<String> ranges = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < sorted.size(); i++) {
      if (i + 1 == sorted.size() || sorted.get(i + 1) != sorted.get(i) + 1) {
        ranges.add(
            from == i
                ? sorted.get(i).toString()
                : sorted.get(from) + (i == from + 1 ? "," : "-") + sorted.get(i));
        from = i + 1;
      }
    }
    return "{" + String.join(",", ranges) + "}";
  }
}
