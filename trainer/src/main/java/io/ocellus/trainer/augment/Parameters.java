package io.ocellus.trainer.augment;

import io.ocellus.config.NearMatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a list's entry says of one augmentation: {@code name}, {@code name=value} or {@code
 * name=value key=value …}.
 */
final class Parameters {
  private static final String VALUE = "";

  private final String entry;
  private final String name;
  private final Map<String, String> given = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();

  Parameters(String entry) {
    this.entry = entry;
    String[] words = entry.strip().split("\\s+", -1);
    String[] first = words[0].split("=", 2);
    this.name = first[0];
    if (first.length > 1) {
      given.put(VALUE, first[1]);
    }
    for (int i = 1; i < words.length; i++) {
      String[] word = words[i].split("=", 2);
      given.put(word[0], word.length > 1 ? word[1] : "");
    }
  }

  String name() {
    return name;
  }

  /** What stands behind the name. */
  double value(double byDefault, double least, double most) {
    return number(VALUE, byDefault, least, most);
  }

  /** What is given under a key. */
  double number(String key, double byDefault, double least, double most) {
    known.add(key);
    String text = given.get(key);
    if (text == null) {
      return byDefault;
    }
    double number = parse(text);
    if (number >= least && number <= most) {
      return number;
    }
    throw wrong(
        "%s must be a number from %s to %s".formatted(key.equals(VALUE) ? name : key, least, most));
  }

  private static double parse(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Complains of what was given and nobody asked for. */
  void checkAllKnown() {
    for (String key : given.keySet()) {
      if (!known.contains(key)) {
        throw wrong(
            "%s has no '%s'.%s"
                .formatted(
                    name, key, NearMatch.hint(key, known.stream().filter(k -> !k.isEmpty()))));
      }
    }
  }

  IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException("training.augmentations: '%s': %s".formatted(entry, why));
  }
}
