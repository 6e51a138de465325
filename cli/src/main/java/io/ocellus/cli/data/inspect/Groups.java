package io.ocellus.cli.data.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must not be divided between parts, such as patients.
 *
 * @param count how many there are
 * @param ungrouped images that belong to none
 * @param straddling those that are divided all the same
 */
public record Groups(int count, int ungrouped, List<Straddling> straddling) {

  /**
   * A group in several parts.
   *
   * @param group its name
   * @param parts how many of its images are in each
   */
  public record Straddling(String group, Map<String, Integer> parts) {}

  static Groups of(List<FoundImage> usable) {
    Map<String, List<FoundImage>> groups = new TreeMap<>();
    usable.forEach(
        image ->
            image
                .group()
                .ifPresent(
                    group -> groups.computeIfAbsent(group, g -> new ArrayList<>()).add(image)));
    List<Straddling> straddling =
        groups.entrySet().stream()
            .map(e -> new Straddling(e.getKey(), ClassCount.countByPart(e.getValue())))
            .filter(group -> group.parts().size() > 1)
            .toList();
    int ungrouped = (int) usable.stream().filter(image -> image.group().isEmpty()).count();
    return new Groups(groups.size(), ungrouped, straddling);
  }
}
