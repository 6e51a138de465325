package io.ocellus.cli.data.inspect;

import io.ocellus.cli.data.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often a class occurs.
 *
 * @param label its name
 * @param images how many show it
 * @param parts how many of them in each part, where there are parts
 */
public record ClassCount(String label, int images, Map<String, Integer> parts) {

  static List<ClassCount> of(List<FoundImage> usable) {
    Map<String, List<FoundImage>> byLabel = new TreeMap<>();
    usable.forEach(
        image -> byLabel.computeIfAbsent(image.label(), label -> new ArrayList<>()).add(image));
    return byLabel.entrySet().stream()
        .map(
            entry ->
                new ClassCount(
                    entry.getKey(), entry.getValue().size(), countByPart(entry.getValue())))
        .toList();
  }

  /** In the order train, val, test. */
  static Map<String, Integer> countByPart(List<FoundImage> images) {
    Map<Split, Integer> counts = new TreeMap<>();
    images.forEach(image -> image.part().ifPresent(part -> counts.merge(part, 1, Integer::sum)));
    Map<String, Integer> named = new LinkedHashMap<>();
    counts.forEach((part, count) -> named.put(Words.of(part), count));
    return named;
  }
}
